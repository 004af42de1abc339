"""How profile and website lead to each other, and what both say of the business."""

from __future__ import annotations

from enum import StrEnum

from workbook.platforms import PlatformId
from workbook.values import Day, Frozen, LongText, Record, Text, Unknown, Url, YesNo


class BioPart(StrEnum):
    """What the few lines on a profile should say."""

    WHO = "who"
    FOR_WHOM = "for_whom"
    NEXT = "next"
    NONE = "none"


class Shown(StrEnum):
    """What a profile shows to whoever wants to get in touch."""

    ROUTE = "route"
    HOURS = "hours"
    NEITHER = "neither"


class Same(StrEnum):
    """What is the same on a profile as on the website."""

    NAME = "name"
    HANDLE = "handle"
    LOGO = "logo"
    NONE = "none"


class ListPage(StrEnum):
    """Where the list of links is that profiles lead to, if there is one."""

    OWN = "own"
    OTHER = "other"
    NONE = "none"
    UNKNOWN = "unknown"


class LegalPage(StrEnum):
    """What a visitor of a profile can reach about who is behind it."""

    PRIVACY = "privacy"
    IMPRINT = "imprint"
    NEITHER = "neither"
    NOT_NEEDED = "not_needed"
    UNKNOWN = "unknown"


class Trade(StrEnum):
    """What kind of business it is, by the types of schema.org, the general ones first."""

    ORGANIZATION = "Organization"
    LOCAL_BUSINESS = "LocalBusiness"
    ACCOUNTING = "AccountingService"
    AUTO_REPAIR = "AutoRepair"
    BAKERY = "Bakery"
    BAR = "BarOrPub"
    BEAUTY = "BeautySalon"
    BED_AND_BREAKFAST = "BedAndBreakfast"
    BIKES = "BikeStore"
    BOOKS = "BookStore"
    CAFE = "CafeOrCoffeeShop"
    CHILD_CARE = "ChildCare"
    CLOTHES = "ClothingStore"
    DENTIST = "Dentist"
    ELECTRICIAN = "Electrician"
    FLORIST = "Florist"
    FURNITURE = "FurnitureStore"
    GARDEN = "GardenStore"
    BUILDER = "GeneralContractor"
    GROCER = "GroceryStore"
    GYM = "ExerciseGym"
    HAIR = "HairSalon"
    HEATING = "HVACBusiness"
    HOTEL = "Hotel"
    INSURANCE = "InsuranceAgency"
    LAW = "LegalService"
    LOCKSMITH = "Locksmith"
    MOVING = "MovingCompany"
    CHARITY = "NGO"
    ONLINE_STORE = "OnlineStore"
    OPTICIAN = "Optician"
    PAINTER = "HousePainter"
    PHARMACY = "Pharmacy"
    DOCTOR = "Physician"
    PHYSIOTHERAPY = "Physiotherapy"
    PLUMBER = "Plumber"
    PROFESSIONAL = "ProfessionalService"
    REAL_ESTATE = "RealEstateAgent"
    RESTAURANT = "Restaurant"
    ROOFER = "RoofingContractor"
    SCHOOL = "EducationalOrganization"
    SPORTS = "SportsClub"
    STORE = "Store"
    TRAVEL = "TravelAgency"
    VET = "VeterinaryCare"


class ProfileLink(Record):
    """One profile: whether it and the website lead to each other, and what it says.

    Its id is that of the account in ``start.accounts`` it was made from; one that was added by
    hand belongs to the only account on its platform.
    """

    platform: PlatformId | None = None
    address: Url | None = None
    linked: YesNo | None = None
    links_back: YesNo | None = None
    link: Url | None = None
    bio: LongText | None = None
    bio_says: tuple[BioPart, ...] = ()
    shows: tuple[Shown, ...] = ()
    same: tuple[Same, ...] = ()
    differs_because: Text | Unknown | None = None
    pinned_on: Day | None = None
    pinned_serves: YesNo | None = None


class Linking(Frozen):
    """The links between profiles and website, and the business as it is printed everywhere."""

    profiles: tuple[ProfileLink, ...] = ()
    services_page: Url | None = None
    contact_page: Url | None = None
    contact_tested_on: Day | None = None
    list_page: ListPage | None = None
    legal_pages: tuple[LegalPage, ...] = ()
    trade: Trade | None = None
    phone: Text | None = None
    logo: Url | None = None
    picture: Url | None = None
    street: Text | None = None
    town: Text | None = None
    region: Text | None = None
    postcode: Text | None = None
    country: Text | None = None

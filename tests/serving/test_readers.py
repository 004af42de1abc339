"""Who is a person in some app's own browser, and who is a program that reads."""

from __future__ import annotations

import pytest

from workbook.serving.readers import is_reader

PHONE = "Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko)"
CHROME = f"{PHONE} Version/4.0 Chrome/126.0.6478.71 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15"
SAFARI = f"{IPHONE} (KHTML, like Gecko) Mobile/15E148"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"

PEOPLE = [
    f"{CHROME} Telegram-Android/10.14.5 (Samsung SM-S911B; Android 14; SDK 34; HIGH)",
    f"{SAFARI} Telegram/10.13",
    f"{SAFARI} [Pinterest/iOS]",
    f"{CHROME} [Pinterest/Android]",
    f"{CHROME} Slack/24.06.20.0 (Android 14)",
    f"{DESK} Slack/4.39.90 Chrome/126.0.6478.114 Electron/31.1.0 Safari/537.36 Sonic Slack_SSB",
    f"{SAFARI} Slack/24.06.10",
    f"{DESK} discord/1.0.9152 Chrome/124.0.6367.243 Electron/30.1.0 Safari/537.36",
    f"{SAFARI} Discord/235.0",
    f"{CHROME} Discord-Android/235016",
    f"{SAFARI} WhatsApp/24.12.78",
    f"{CHROME} WhatsApp/2.24.12.78",
    "Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/120.0 Mobile Safari",
    "Mozilla/5.0 (Linux; Android 10; CUBOT) AppleWebKit/537.36 Chrome/119.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36 Chrome/118.0 Mobile Safari",
    f"{SAFARI} [FBAN/FBIOS;FBAV/470.0.0.39.105;FBBV/609;FBDV/iPhone14,5;FBMD/iPhone]",
    f"{CHROME} [FB_IAB/FB4A;FBAV/470.0.0.54.84;]",
    f"{SAFARI} Instagram 339.0.3.12.91 (iPhone14,5; iOS 17_5_1; en_GB; scale=3.00)",
    f"{SAFARI} [LinkedInApp]/9.29.8962",
    f"{SAFARI} Twitter for iPhone/10.46",
    f"{SAFARI} Snapchat/12.96.0.39 (like Safari/8617.2.4, panda)",
    f"{CHROME} musical_ly_2023405030 BytedanceWebview/d8a21c6 TikTok 34.5.3",
    f"{CHROME} Line/14.9.1/IAB",
    f"{CHROME} Viber/22.9.1.0",
    f"{SAFARI} GSA/323.0.647062479",
    f"{DESK} Teams/24165.1410.2974.6689 Edg/126.0.0.0 Chrome/126.0.0.0 Safari/537.36",
    f"{DESK} Chrome/126.0.0.0 Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
]

PROGRAMS = [
    "TelegramBot (like TwitterBot)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Slackbot 1.0 (+https://api.slack.com/robots)",
    "Slack-ImgProxy (+https://api.slack.com/robots)",
    "Mozilla/5.0 (compatible; Pinterestbot/1.0; +https://www.pinterest.com/bot.html)",
    "Pinterest/0.2 (+https://www.pinterest.com/bot.html)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "WhatsApp/2.23.20.0 A",
    "WhatsApp/2.2422.7 N",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "Twitterbot/1.0",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    f"{CHROME} (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    f"{DESK} BingPreview/1.0b",
    f"{DESK} SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
    "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    "Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)",
    f"{IPHONE} (KHTML, like Gecko) Version/17.4 Safari/605.1.15 (Applebot/0.1)",
    "Snap URL Preview Service; bot; snapchat; https://developers.snap.com/robots",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.1)",
    "curl/8.5.0",
    "Wget/1.21.4",
    "python-requests/2.32.3",
    "Go-http-client/2.0",
    "",
]


@pytest.mark.parametrize("name", PEOPLE)
def test_people_inside_an_app_get_the_page(name: str) -> None:
    """A link opened inside a messenger, a network's app or on any phone opens the page."""
    assert not is_reader(name)


@pytest.mark.parametrize("name", PROGRAMS)
def test_programs_that_read_are_known_by_their_names(name: str) -> None:
    """Search engines, previews and fetchers start no kernel."""
    assert is_reader(name)

// The way back to a plan: its link to copy, to send, and as a code that a phone reads.

const LOCAL = /^(localhost|127\.|\[::1\])/;

const waitForWayBack = (desk) => {
  const back = new WayBack(desk);
  desk.wayBack = back;
  desk.hear_way_back = (message) => back.heard(message);
};

class WayBack {
  constructor(desk) {
    this.desk = desk;
  }

  // the room for it may still be on its way
  heard(message, tries = 60) {
    const room = this.desk.root.querySelector("[data-wb-way-back]");
    if (room) this.draw(room, message.texts);
    else if (tries) setTimeout(() => this.heard(message, tries - 1), 25);
  }

  draw(room, texts) {
    const { furniture } = this.desk;
    const button = (label, act) =>
      make("button", { type: "button", class: "wb-small", onclick: act }, label);
    room.replaceChildren(
      furniture.shownLink(this.desk.link()),
      make("div", { class: "wb-acts" },
        button(texts.copy, () => furniture.copyLink()),
        button(texts.mail, () => furniture.mailLink()),
        button(texts.code, () => this.show())),
    );
  }

  // the picture is drawn by the page's own kernel, which had the key when the plan was opened
  async show() {
    const { desk } = this;
    const { words } = desk;
    await desk.flush();
    const local = LOCAL.test(location.hostname) ? [make("p", { class: "wb-hint" }, words.code_here)] : [];
    const room = make("div", { id: "wb-code-own", "data-wb-alt": words.code_alt });
    desk.furniture.say(words.code_what, [...local, room, desk.furniture.shownLink(desk.link())]);
    desk.tell({ kind: "own_code", name: "own", raw: desk.link() });
  }
}

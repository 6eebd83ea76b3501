// The language in which the questions are read: the bank's own, or one into which the whole paper was translated.

export class Languages {
  constructor({ root, offered, onChange }) {
    Object.assign(this, { root, offered });
    this.now = offered[0];
    root.replaceChildren(...offered.map(option));
    root.closest("label").hidden = offered.length < 2;
    root.addEventListener("change", () => {
      this.now = offered.find(({ tag }) => tag === root.value);
      onChange();
    });
  }

  // Stem and content of a question as they are read now.
  said(question) {
    return question.translations[this.now.tag] ?? question;
  }
}

function option({ tag, name, direction }) {
  return Object.assign(document.createElement("option"), { value: tag, lang: tag, dir: direction, textContent: name });
}

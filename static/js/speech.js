// 朗读: the reader's own system reads the article aloud, sentence by sentence, so that it can stop at once and no browser cuts a
// long text.  The button shows only where there is a Chinese voice.

const synthesis = window.speechSynthesis;

function voice() {
  const chinese = synthesis.getVoices().filter(({ lang }) => /^(zh|cmn)\b/i.test(lang.replace("_", "-")));
  return chinese.find(({ lang, localService }) => localService && /cn|hans/i.test(lang)) || chinese.find(({ lang }) => /cn|hans/i.test(lang)) || chinese[0];
}

/** [element, sentence] in reading order: title, then the text; what is there for the eye only is left out. */
function sentences(article) {
  const blocks = [article.querySelector("h1"), ...article.querySelectorAll(".prose p, .prose h2, .prose h3, .prose h4, .prose li, .prose figcaption, .prose td, .prose th")];
  const pairs = [];
  for (const block of blocks) for (const sentence of block.textContent.match(/[^。！？；]+[。！？；]*[”’）》]*/g) || []) if (sentence.trim()) pairs.push([block, sentence.trim()]);
  return pairs;
}

export function offer(button) {
  let run = 0;
  const show = () => {
    button.hidden = !voice();
  };
  const mark = (block) => {
    const before = document.querySelector(".spoken");
    if (before) before.classList.remove("spoken");
    if (block) block.classList.add("spoken");
  };
  const stop = () => {
    run += 1;
    synthesis.cancel();
    mark();
    button.textContent = "朗读";
  };
  const begin = () => {
    const mine = ++run;
    const queue = sentences(document.querySelector("main article"));
    button.textContent = "停止朗读";
    const next = () => {
      if (mine !== run) return;
      const pair = queue.shift();
      if (!pair) return stop();
      const utterance = new SpeechSynthesisUtterance(pair[1]);
      utterance.voice = voice();
      utterance.lang = utterance.voice.lang;
      utterance.onend = next;
      utterance.onerror = () => mine === run && stop();
      mark(pair[0]);
      synthesis.speak(utterance);
    };
    synthesis.cancel();
    next();
  };
  button.addEventListener("click", () => (button.textContent === "朗读" ? begin() : stop()));
  addEventListener("pagehide", stop);
  document.addEventListener("keydown", ({ key }) => key === "Escape" && button.textContent !== "朗读" && stop());
  if (synthesis.addEventListener) synthesis.addEventListener("voiceschanged", show);
  else synthesis.onvoiceschanged = show; // WebKit
  show();
}

// 往年今日 at the end of the home page: what came out on this day of the reader's calendar in earlier years, else in this month.
// Hidden while there is nothing to say, and where there is no network.

const SHOWN = 5;

/** The entries of the same day, else of the same month, of earlier years than `now`; `day` says which. */
export function chosen(entries, now) {
  const earlier = entries.filter(({ date }) => Number(date.slice(0, 4)) < now.getFullYear());
  const day = String(now.getDate()).padStart(2, "0");
  const same = earlier.filter(({ date }) => date.slice(8, 10) === day);
  return { day: same.length > 0, entries: (same.length ? same : earlier).slice(0, SHOWN) };
}

function line({ label, url, title }) {
  const link = document.createElement("a");
  link.className = "t";
  link.href = url;
  const text = document.createElement("span");
  text.textContent = title;
  const issue = document.createElement("small");
  issue.textContent = label;
  link.append(text, issue);
  const item = document.createElement("li");
  item.append(link);
  return item;
}

/** Fills the band and shows it. */
export async function start() {
  const band = document.querySelector("[data-today]");
  const now = new Date();
  const month = now.getMonth() + 1;
  try {
    const answer = await fetch(band.dataset.today + String(month).padStart(2, "0") + ".json");
    if (!answer.ok) return;
    const { day, entries } = chosen(await answer.json(), now);
    if (!entries.length) return;
    band.querySelector("h2 a").textContent = day ? "往年今日" : "往年本月";
    band.querySelector("ul").append(...entries.map(line));
    const more = band.querySelector(".more a");
    more.href = band.dataset.today + String(month).padStart(2, "0") + "/";
    more.textContent = `历年${month}月各期`;
    band.hidden = false;
  } catch {
    // no network, or not what was asked for: the band stays hidden
  }
}

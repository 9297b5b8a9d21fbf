// Keeps a form as it is filled in: <form data-kept-at="…"> with a place that says so, <p data-kept role="status">.
// Without it there is a button that does the same.
const WAIT = 700;

function keep(form) {
  const told = form.querySelector("[data-kept]");
  let waiting;
  let sending = Promise.resolve();
  let leaving = false;

  async function send() {
    if (leaving) return;
    told.textContent = "Saving…";
    try {
      const answer = await fetch(form.dataset.keptAt, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(new FormData(form)),
      });
      if (!answer.ok) throw new Error(answer.status);
      const { savedAt } = await answer.json();
      told.textContent = savedAt ? `Saved ${savedAt}, not yet in the record` : "This session is in the record already.";
    } catch {
      told.textContent = "Not saved just now. It is tried again with your next change.";
    }
  }

  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      sending = sending.then(send);
    }, WAIT);
  }

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(waiting);
  });
}

for (const form of document.querySelectorAll("form[data-kept-at]")) keep(form);

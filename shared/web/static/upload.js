// A form that brings a file shows how much of it has been sent. Without this it is sent all the same.
function prepare() {
  for (const form of document.querySelectorAll("form[data-upload-progress]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
  }
}

function send(form) {
  const shown = form.querySelector("[data-upload-shown]");
  const bar = shown.querySelector("progress");
  const button = form.querySelector("button[type=submit]");
  const sending = new XMLHttpRequest();
  shown.hidden = false;
  button.disabled = true;
  sending.upload.addEventListener("progress", (sent) => {
    if (sent.lengthComputable) bar.value = sent.loaded / sent.total;
  });
  // All is sent and not read yet: nobody knows for how long.
  sending.upload.addEventListener("load", () => bar.removeAttribute("value"));
  sending.addEventListener("load", () => answered(sending));
  sending.addEventListener("error", () => form.submit());
  sending.open(form.method, form.action);
  sending.setRequestHeader("Accept", "text/html");
  sending.send(new FormData(form));
}

function answered(sending) {
  const redirected = sending.status === 200 && sending.responseURL !== "";
  if (redirected) {
    location.assign(sending.responseURL);
    return;
  }
  const page = new DOMParser().parseFromString(sending.responseText, "text/html");
  document.title = page.title;
  document.querySelector("main").replaceWith(page.querySelector("main"));
  document.querySelector("[role=alert], main h1")?.scrollIntoView();
  prepare();
}

prepare();

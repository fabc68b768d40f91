document.querySelector("h1").append(" in time");

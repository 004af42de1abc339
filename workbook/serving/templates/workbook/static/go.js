// The link that opens a page for people who were taken for a program: what stands behind the
// # sign of the address, such as the key of their plan, goes along.
const link = document.querySelector("a.wb-go");
if (link) link.hash = window.location.hash;

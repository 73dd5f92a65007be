// Package web is the desk that the city's staff reach by a browser with no program
// installed (clause 3.3.1: intake by systems out of hours): they open an inquiry, see
// how it stands by its number and a word that they were told, and confirm that they
// hold the receipt and that the matter is done. The pages are plain HTML: they need no
// script and fetch nothing from elsewhere.
//
// It works on the server's own replica through store.Write. Do not use it for those who
// work at inquiries: they have the program, its registers and its rights.
package web

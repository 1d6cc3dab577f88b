/** Serves the console to browsers: static files and the libraries they import. The data come from the analyst API. */
package uz.koprik.gateway.console;

package uz.koprik.gateway.console;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which modules a module imports, and those in turn. A browser learns of each only from the module that names it; the
 * page names all of them, so that they are fetched at once (HTML, link type {@code modulepreload}).
 */
final class ModuleGraph {

    /** Imports and re-exports; {@code import()} at a later moment is none. */
    private static final Pattern IMPORT =
            Pattern.compile("\\b(?:import|export)\\b\\s*(?:[\\w*${},\\s]*\\bfrom\\s*)?[\"']([^\"']+)[\"']");

    private final ConsoleFiles files;
    private final Libraries libraries;
    private final String own;
    private final String foreign;

    /**
     * Begins with nothing read.
     *
     * @param own URL below which the console's own files are served, with a slash at its end
     * @param foreign the same of the libraries
     */
    ModuleGraph(ConsoleFiles files, Libraries libraries, String own, String foreign) {
        this.files = files;
        this.libraries = libraries;
        this.own = own;
        this.foreign = foreign;
    }

    /**
     * The URLs of the modules and of all that they import.
     *
     * @param names of modules of the console, such as {@code main.js}
     * @throws IOException when one of them is missing in the program
     */
    List<String> from(List<String> names) throws IOException {
        Set<String> found = new LinkedHashSet<>();
        Deque<String> waiting = new ArrayDeque<>();
        names.forEach(name -> waiting.add(own + name));
        while (!waiting.isEmpty()) {
            String url = waiting.remove();
            if (found.add(url)) {
                Matcher imports = IMPORT.matcher(text(url));
                while (imports.find()) {
                    waiting.add(resolve(url, imports.group(1)));
                }
            }
        }
        return new ArrayList<>(found);
    }

    /** The link elements of {@link #from}. */
    String links(List<String> names) throws IOException {
        return from(names).stream()
                .map(url -> "<link rel=\"modulepreload\" href=\"" + url + "\">")
                .collect(Collectors.joining("\n    "));
    }

    private String resolve(String importer, String name) throws IOException {
        if (name.startsWith(".")) {
            return URI.create(importer).resolve(name).toString();
        }
        return libraries
                .resolve(name)
                .map(path -> foreign + path)
                .orElseThrow(() -> new IOException(importer + " imports an unknown library: " + name));
    }

    private String text(String url) throws IOException {
        Optional<StaticFile> file =
                url.startsWith(foreign) ? libraries.find(url.substring(foreign.length())) : files.find(ofOwn(url));
        return file.orElseThrow(() -> new IOException("a module of the console is missing in the program: " + url))
                .plain()
                .toString(StandardCharsets.UTF_8);
    }

    private String ofOwn(String url) {
        return url.startsWith(own) ? url.substring(own.length()) : "";
    }
}

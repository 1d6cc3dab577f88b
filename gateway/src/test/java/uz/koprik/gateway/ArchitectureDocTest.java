package uz.koprik.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/architecture.md and its picture name classes and packages that exist, and the picture leaves no package out. */
class ArchitectureDocTest {

    private static final Path PAGE = Path.of("../docs/architecture.md");
    private static final Path PICTURE = Path.of("../docs/architecture.svg");

    private static final List<String> MODULES = List.of("crypto", "indicators", "gateway");

    private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z0-9]+)`");
    private static final Pattern FOLDER = Pattern.compile("`((?:crypto|indicators|gateway)(?:/[a-z0-9]+)*)`");
    private static final Pattern DRAWN = Pattern.compile("data-package=\"(uz\\.koprik\\.[a-z0-9.]+)\"");

    @Test
    void everyClassOfThePageExists() throws IOException {
        Set<String> named = find(CLASS, Files.readString(PAGE));
        assertTrue(named.size() >= 30, "classes on the page: " + named);
        named.removeAll(classes("main"));
        named.removeAll(classes("test"));
        assertEquals(Set.of(), named);
    }

    @Test
    void everyPackageOfThePageExists() throws IOException {
        Set<String> named = find(FOLDER, Files.readString(PAGE)).stream()
                .map(folder -> "uz.koprik." + folder.replace('/', '.'))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(named.size() >= 10, "packages on the page: " + named);
        named.removeAll(packages());
        named.removeAll(Set.of("uz.koprik.crypto", "uz.koprik.indicators"));
        assertEquals(Set.of(), named);
    }

    @Test
    void everyPackageOfThePictureExists() throws IOException {
        Set<String> drawn = find(DRAWN, Files.readString(PICTURE));
        assertTrue(drawn.size() >= 25, "packages in the picture: " + drawn);
        drawn.removeAll(packages());
        assertEquals(Set.of(), drawn);
    }

    @Test
    void thePictureShowsEveryPackageOrItsParent() throws IOException {
        Set<String> drawn = find(DRAWN, Files.readString(PICTURE));
        Set<String> missing = packages();
        missing.removeIf(name -> drawn.contains(name) || drawn.stream().anyMatch(parent -> below(name, parent)));
        assertEquals(Set.of(), missing);
    }

    /** A module's root package has no parent in the picture: it would stand for everything. */
    private static boolean below(String name, String parent) {
        return parent.chars().filter(c -> c == '.').count() >= 3 && name.startsWith(parent + '.');
    }

    private static Set<String> find(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> classes(String kind) throws IOException {
        Set<String> classes = new TreeSet<>();
        for (Path file : sources(kind)) {
            classes.add(file.getFileName().toString().replace(".java", ""));
        }
        return classes;
    }

    /** Packages with at least one class besides {@code package-info}. */
    private static Set<String> packages() throws IOException {
        Set<String> packages = new TreeSet<>();
        for (Path file : sources("main")) {
            String path = file.getParent().toString().replace('\\', '/');
            if (!file.endsWith("package-info.java")) {
                packages.add(path.substring(path.indexOf("src/main/java/") + "src/main/java/".length())
                        .replace('/', '.'));
            }
        }
        return packages;
    }

    private static List<Path> sources(String kind) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", kind, "java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        assertTrue(sources.size() > 100, "sources found: " + sources.size());
        return sources;
    }
}

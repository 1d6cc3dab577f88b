package uz.koprik.gateway.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uz.koprik.gateway.http.Problem;

/** Each kind of problem that a centre can answer is said in the reader's language: what, why, what to do. */
final class ProblemTextsTest {

    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern MADE = Pattern.compile("(?:new Problem|Problem\\.later)\\(");
    private static final Pattern WITH_TITLE =
            Pattern.compile("\\s*[\\w.]+,\\s*(?:\"([^\"]+)\"|(?:\\w+\\.)?([A-Z_]+)),");
    /** Of the console itself: the request got no answer. */
    private static final Set<String> WITHOUT_ANSWER = Set.of("no-answer");

    @Test
    void aCodeIsTheTitleInLowerCaseWithHyphens() {
        assertEquals("not-found", new Problem(404, "Not found", "nothing").code());
        assertEquals("not-utf-8", Problem.code("Not UTF-8"));
    }

    @Test
    void everyTitleOfTheSourcesHasItsTexts() throws Exception {
        Set<String> codes = new TreeSet<>(WITHOUT_ANSWER);
        for (String title : titles()) {
            codes.add(Problem.code(title));
        }
        assertTrue(codes.size() > 30, () -> "only these were found: " + codes);
        for (String language : Browser.LANGUAGES) {
            Set<String> keys = ConsoleTexts.texts("problems", language).keySet();
            Set<String> wanted = new TreeSet<>();
            codes.forEach(code -> Stream.of(".what", ".why", ".do").forEach(part -> wanted.add(code + part)));
            wanted.removeAll(keys);
            assertEquals(
                    "", String.join("\n", wanted), () -> "console/problems/texts/" + language + ".json lacks texts");
        }
    }

    /** Titles of all problems that the main sources make; one that is computed fails the test. */
    private static List<String> titles() throws IOException {
        List<String> titles = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                if (!file.endsWith("Problem.java")) {
                    titles(file, titles);
                }
            }
        }
        return titles;
    }

    private static void titles(Path file, List<String> titles) throws IOException {
        String source = Files.readString(file);
        Matcher made = MADE.matcher(source);
        while (made.find()) {
            Matcher title = WITH_TITLE.matcher(source).region(made.end(), source.length());
            assertTrue(title.lookingAt(), () -> file + " makes a problem whose title is not constant: " + made);
            titles.add(title.group(1) != null ? title.group(1) : constant(title.group(2)));
        }
    }

    private static String constant(String name) throws IOException {
        Pattern declared = Pattern.compile("String " + name + " = \"([^\"]+)\"");
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String source = Files.readString(file);
                Matcher found = declared.matcher(source);
                if ((found.find() && source.contains("title")) || (found.hasMatch() && source.contains("Title"))) {
                    return found.group(1);
                }
            }
        }
        throw new AssertionError("no constant title " + name);
    }
}

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;


/**
 * Checks the words of comments and documentation: docs/CONTRIBUTING.md, section Words. The script {@code .ci/words} starts it from source;
 * any JDK from 17 runs it.
 */
public final class Words {
    private Words() {}

    /** A forbidden word and what to write instead. */
    record Word(Pattern pattern, String instead) {
        Word(String regex, String instead) {
            this(Pattern.compile("\\b(?:" + regex.replace(" ", "(?: +| *\\n *)") + ")\\b", Pattern.CASE_INSENSITIVE), instead);
        }
    }

    /** Text of one file, line by line; what is no prose is blank. */
    record Prose(Path file, List<String> lines) {}

    record Finding(Path file, int line, String text, String instead) {
        @Override
        public String toString() {
            return file + ":" + line + ": \"" + text + "\": write " + instead;
        }
    }

    static final int LONGEST_SENTENCE = 25;

    static final String UNIT = "(?:second|minute|hour|day|line|object|entry|partner|row|file|batch|request|block|document|value|case|gateway|client|key|caller)";

    static final List<Word> WORDS = List.of(
            new Word("whoever|whomever|whosoever", "\"who\", \"the caller that\", or the name of the role"),
            new Word("whatever|whichever", "\"any\", \"every\", or say which"),
            new Word("what is of", "the name of the thing, or \"which belongs to\""),
            new Word("so many|so much|so often|so long is", "\"number of\", \"at most\", or the figure"),
            new Word("tell|tells|telling", "\"report\", \"show\" or \"disclose\""),
            new Word("told", "\"reported\", \"shown\" or \"disclosed\""),
            new Word("tell(?:s)? apart|told apart", "\"distinguish\""),
            new Word("bring|brings|bringing|brought", "\"submit\", \"send\", \"import\" or \"cause\""),
            new Word("meet|meets|meeting|met", "\"match\", \"occur\" or \"see\""),
            new Word("stretch|stretches", "\"range\""),
            new Word("(?:give|gives|gave|giving|given|ring|rings) (?:an |the |no |its |new |each |every |more )*alerts?", "\"emit\""),
            new Word("alerts? (?:is|are|was|were|be|been|being) (?:once |only )?(?:given|rung)", "\"emitted\""),
            new Word("(?:lines?|bytes|objects|entries|documents?|files?|rows?|records?|calls?|threads?|folders?|signatures?|pages?|values)"
                    + " an? " + UNIT, "\"per\""),
            new Word("housekeeping", "\"internal\""),
            new Word("encounters?", "\"case match\""));

    /** What the check itself must find and must not find: a check that finds nothing proves nothing. */
    static void testItself() {
        for (String bad : List.of("Whoever sees it.", "It is told so.", "what is of others", "It brings\n * objects.", "the value was met", "So many entries",
                "its alerts are given once", "two bytes a line", "a stretch of places")) {
            if (find(new Prose(Path.of("self.md"), bad.lines().toList())).isEmpty()) {
                throw new IllegalStateException("the check does not find its own example: " + bad);
            }
        }
        String code = "/** A {@code told} case, \"told\". */ int told = 'x'; // whoever\nString s = \"told\" + \"it is told so\";\n";
        List<Finding> java = find(prose(Path.of("src/main/Self.java"), code, true));
        List<Finding> test = find(prose(Path.of("src/test/Self.java"), code, true));
        if (java.size() != 2 || java.get(0).line() != 1 || java.get(1).line() != 2 || test.size() != 1) {
            throw new IllegalStateException("the check misreads Java: " + java + test);
        }
        List<Finding> json = find(prose(Path.of("self.json"), "{\"name\": \"what was told\",\n\"description\": \"it is told\"}", false));
        if (json.size() != 1 || json.get(0).line() != 2) {
            throw new IllegalStateException("the check misreads JSON: " + json);
        }
        Prose page = prose(Path.of("self.md"), "`told` and \"told\"\n\n```\ntold\n```\nwhatever\n", false);
        if (find(page).size() != 1 || find(page).get(0).line() != 6) {
            throw new IllegalStateException("the check misreads Markdown: " + find(page));
        }
        String words = "word ".repeat(LONGEST_SENTENCE).strip();
        if (!longSentences(List.of(words + ". Next.")).isEmpty() || longSentences(List.of("One " + words + ". Next.")).size() != 1) {
            throw new IllegalStateException("the check counts words wrongly");
        }
    }

    static List<Finding> find(Prose prose) {
        String text = String.join("\n", prose.lines());
        List<Finding> found = new ArrayList<>();
        for (Word word : WORDS) {
            Matcher matcher = word.pattern().matcher(text);
            while (matcher.find()) {
                int line = (int) text.substring(0, matcher.start()).chars().filter(c -> c == '\n').count() + 1;
                found.add(new Finding(prose.file(), line, matcher.group().replaceAll("\\s+", " "), word.instead()));
            }
        }
        found.sort((a, b) -> Integer.compare(a.line(), b.line()));
        return found;
    }

    static Prose prose(Path file, String text, boolean java) {
        String prose = java ? comments(text, !file.toString().contains("src/test/"))
                : file.toString().endsWith(".json") ? descriptions(text)
                : markdown(text);
        return new Prose(file, List.of(prose.split("\n", -1)));
    }

    static final Pattern QUOTED = Pattern.compile("\"[^\"\\n]{1,200}\"|\u201c[^\u201d\\n]{1,200}\u201d");

    /** A literal of several words is a message to a person: a log line, an error, a help text. */
    static final Pattern MESSAGE = Pattern.compile("\".*[\\p{L},;:)] .*\\p{L}.*\"");

    /** The comments of a Java file, without code in them, and its messages; everything else is blank. Lines keep their numbers. */
    static String comments(String text, boolean messages) {
        StringBuilder out = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            int end;
            boolean comment = false;
            boolean literal = false;
            if (text.startsWith("//", i)) {
                end = indexOf(text, "\n", i);
                comment = true;
            } else if (text.startsWith("/*", i)) {
                end = Math.min(text.length(), indexOf(text, "*/", i + 2) + 2);
                comment = true;
            } else if (text.startsWith("\"\"\"", i)) {
                end = i + 3;
                while (end < text.length() && !text.startsWith("\"\"\"", end)) {
                    end += text.charAt(end) == '\\' ? 2 : 1;
                }
                end = Math.min(text.length(), end + 3);
            } else if (text.charAt(i) == '"' || text.charAt(i) == '\'') {
                char quote = text.charAt(i);
                end = i + 1;
                while (end < text.length() && text.charAt(end) != quote && text.charAt(end) != '\n') {
                    end += text.charAt(end) == '\\' ? 2 : 1;
                }
                end = Math.min(text.length(), end + 1);
                literal = quote == '"';
            } else {
                end = i + 1;
            }
            String piece = text.substring(i, end);
            boolean message = literal && messages && MESSAGE.matcher(piece).matches();
            out.append(comment ? withoutCode(piece) : message ? piece.replace('"', ' ') : blank(piece));
            i = end;
        }
        return out.toString();
    }

    /** Without tags that hold code, names of parameters, and quotations; the asterisks at the beginning of lines go as well. */
    static String withoutCode(String comment) {
        String text = blankAll(comment, Pattern.compile("(?m)^\\s*\\*"));
        text = blankAll(text, Pattern.compile("(?s)\\{@(?:code|link|linkplain|value|literal|snippet)\\b[^}]*\\}|<pre>.*?</pre>|<code>.*?</code>"));
        text = blankAll(text, Pattern.compile("@(?:param|see|throws)\\s+\\S+|@SuppressWarnings\\S*"));
        text = blankAll(text, Pattern.compile("`[^`\\n]*`"));
        return blankAll(text, QUOTED);
    }

    /** The descriptions in a JSON file, such as the description of the API; everything else is blank. */
    static String descriptions(String json) {
        StringBuilder out = new StringBuilder(blank(json));
        Matcher matcher = Pattern.compile("\"(?:description|summary)\"\\s*:\\s*\"((?:[^\"\\\\\\n]|\\\\.)*)\"").matcher(json);
        while (matcher.find()) {
            out.replace(matcher.start(1), matcher.end(1), blankAll(matcher.group(1), Pattern.compile("`[^`]*`")));
        }
        return out.toString();
    }

    static String markdown(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean code = false;
        boolean blankBefore = true;
        for (String line : text.split("\n", -1)) {
            boolean fence = line.strip().startsWith("```");
            boolean indented = line.startsWith("    ") && blankBefore;
            out.append(code || fence || indented ? "" : line.startsWith("#") ? line + "." : line).append('\n');
            code ^= fence;
            blankBefore = line.isBlank() || indented;
        }
        String prose = blankAll(out.substring(0, out.length() - 1), Pattern.compile("`[^`\\n]*`|`[^`]{1,120}`|<!--.*?-->"));
        prose = blankAll(prose, Pattern.compile("\\]\\([^)\\s]*\\)"));
        return blankAll(prose, QUOTED);
    }

    static int indexOf(String text, String what, int from) {
        int at = text.indexOf(what, from);
        return at < 0 ? text.length() : at;
    }

    static String blankAll(String text, Pattern pattern) {
        return pattern.matcher(text).replaceAll(m -> Matcher.quoteReplacement(blank(m.group())));
    }

    static String blank(String text) {
        return text.replaceAll("[^\\n]", " ");
    }

    /** A piece of text that ends by itself: a paragraph, an item of a list, a cell of a table. */
    record Block(int line, String text) {}

    static List<Block> blocks(String page) {
        List<Block> blocks = new ArrayList<>();
        StringBuilder paragraph = new StringBuilder();
        int start = 1;
        boolean code = false;
        boolean blankBefore = true;
        int number = 0;
        for (String line : (page + "\n\n").split("\n", -1)) {
            number++;
            String text = line.strip();
            boolean fence = text.startsWith("```");
            boolean indented = line.startsWith("    ") && blankBefore;
            boolean item = text.matches("([-*]|\\d+\\.)\\s.*");
            if (fence || code || indented || text.isEmpty() || text.startsWith("#") || text.startsWith("|") || text.startsWith("<!--") || item) {
                if (!paragraph.isEmpty()) {
                    blocks.add(new Block(start, paragraph.toString()));
                    paragraph.setLength(0);
                }
                if (!fence && !code && !indented && text.startsWith("|")) {
                    for (String cell : text.split("(?<!\\\\)\\|")) {
                        blocks.add(new Block(number, cell.strip()));
                    }
                }
            }
            boolean prose = !fence && !code && !indented && !text.isEmpty() && !text.startsWith("|") && !text.startsWith("#") && !text.startsWith("<!--");
            if (prose) {
                if (paragraph.isEmpty()) {
                    start = number;
                }
                paragraph.append(paragraph.isEmpty() ? "" : " ").append(item ? text.replaceFirst("^([-*]|\\d+\\.)\\s+", "") : text);
            }
            code ^= fence;
            blankBefore = text.isEmpty() || indented;
        }
        return blocks;
    }

    /** Sentences of over 25 words. Code counts as one word, and so does a list of code. */
    static List<String> longSentences(List<String> texts) {
        List<String> found = new ArrayList<>();
        for (String text : texts) {
            String plain = text.replaceAll("`[^`]*`", "Code").replaceAll("\\]\\([^)]*\\)", "]").replaceAll("[\\[\\]*_\"\u201c\u201d]", "");
            plain = plain.replaceAll("Code(?:(?:,| and| or|, and|, or) Code)+", "Code");
            for (String sentence : plain.split("(?<=[.!?])\\)?\\s+(?=[\\p{Lu}\\d(])|:$|: (?=Code$)")) {
                long words = Stream.of(sentence.strip().split("\\s+")).filter(w -> w.matches(".*[\\p{L}\\p{N}].*")).count();
                if (words > LONGEST_SENTENCE) {
                    found.add(words + " words: " + sentence.strip());
                }
            }
        }
        return found;
    }

    static Path root() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(".ci/Words.java")) && Files.exists(folder.resolve("pom.xml"))) {
                return folder;
            }
        }
        throw new IllegalStateException("start this inside the checkout: neither here nor above is a folder with .ci/words and pom.xml");
    }

    static List<Path> files(Path folder, String ending) throws IOException {
        if (Files.isRegularFile(folder)) {
            return folder.toString().endsWith(ending) ? List.of(folder) : List.of();
        }
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(f -> f.toString().endsWith(ending) && Files.isRegularFile(f))
                    .filter(f -> !folder.relativize(f).toString().matches("(.*/)?target/.*")).sorted().toList();
        }
    }

    /** Each part must have files, so that a wrong folder or a moved one is noticed. */
    static void requireFiles(Path part, int found, int least) {
        if (found < least) {
            throw new IllegalStateException(part + " has " + found + " files to check, at least " + least + " were expected: correct the list in .ci/Words.java");
        }
    }

    public static void main(String[] args) throws IOException {
        testItself();
        Path root = root();
        boolean sentences = args.length == 1 && args[0].equals("--sentences");
        boolean all = args.length == 0 || sentences;

        List<Path> pages = new ArrayList<>();
        List<Path> sources = new ArrayList<>();
        if (all) {
            pages.add(root.resolve("README.md"));
            requireFiles(pages.get(0), files(pages.get(0), ".md").size(), 1);
            List<Path> docs = files(root.resolve("docs"), ".md");
            requireFiles(root.resolve("docs"), docs.size(), 20);
            pages.addAll(docs);
            for (Map.Entry<String, Integer> module : Map.of("crypto", 50, "indicators", 300, "gateway", 300).entrySet()) {
                List<Path> found = files(root.resolve(module.getKey()), ".java");
                requireFiles(root.resolve(module.getKey()), found.size(), module.getValue());
                sources.addAll(found);
                sources.addAll(files(root.resolve(module.getKey()).resolve("src/main/resources"), ".json"));
            }
            requireFiles(root.resolve("gateway/src/main/resources"), (int) sources.stream().filter(f -> f.endsWith("openapi.json")).count(), 1);
        } else {
            for (String arg : args) {
                Path part = Path.of(arg).toAbsolutePath().normalize();
                List<Path> java = new ArrayList<>(files(part, ".java"));
                java.addAll(files(part, "openapi.json"));
                List<Path> markdown = files(part, ".md");
                requireFiles(part, java.size() + markdown.size(), 1);
                sources.addAll(java);
                pages.addAll(markdown);
            }
        }

        Map<String, Integer> byFolder = new TreeMap<>();
        int words = 0;
        if (!sentences) {
            List<Path> everything = new ArrayList<>(pages);
            everything.addAll(sources);
            for (Path file : everything) {
                Path shown = file.startsWith(root) ? root.relativize(file) : file;
                for (Finding finding : find(prose(shown, Files.readString(file), file.toString().endsWith(".java")))) {
                    System.out.println(finding);
                    byFolder.merge(String.valueOf(shown.getParent()), 1, Integer::sum);
                    words++;
                }
            }
        }

        int tooLong = 0;
        for (Path page : pages) {
            for (Block block : blocks(Files.readString(page))) {
                for (String sentence : longSentences(List.of(block.text()))) {
                    System.out.println((page.startsWith(root) ? root.relativize(page) : page) + ":" + block.line() + ": " + sentence);
                    tooLong++;
                }
            }
        }
        if (!byFolder.isEmpty()) {
            System.out.println();
            byFolder.forEach((folder, count) -> System.out.printf("%6d  %s%n", count, folder));
        }
        System.out.printf("%d files: %d forbidden words, %d sentences of more than %d words%n",
                pages.size() + sources.size(), words, tooLong, LONGEST_SENTENCE);
        System.exit(words == 0 && tooLong == 0 ? 0 : 1);
    }
}

package uz.koprik.indicators.documents;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import uz.koprik.indicators.imports.TextEncoding;

/** HTML: the text that shows, and the targets of links. Scripts and styles are left out. */
final class HtmlReader implements FormatReader {

    /** Bytes; the whole tree is in memory. */
    private static final long LARGEST = 8L << 20;

    private static final Set<String> HIDDEN = Set.of("script", "style", "template", "noscript", "svg", "math", "head");
    private static final Set<String> SPACED =
            Set.of("td", "th", "button", "option", "img", "input", "sup", "sub", "summary", "label", "legend");

    /** Values stand in them, and each has its own look, so that two side by side are two. */
    private static final Set<String> APART = Set.of("a", "code", "kbd", "samp", "mark");

    /** How text is hidden in a page that shows, as between the letters of a name that deceives filters. */
    private static final Pattern UNSEEN = Pattern.compile(
            "(?:^|;)(?:display:none|visibility:hidden|mso-hide:all|(?:font-size|opacity):0+(?![1-9]|\\.0*[1-9]))");

    static final String PICTURE = "it is the address of a picture or of content that the page loads";

    @Override
    public void read(Path file, ReadContext context) throws IOException, DocumentRefused {
        if (Files.size(file) > LARGEST) {
            throw new DocumentRefused(DocumentFault.LARGE_HTML.of(LARGEST));
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readAllBytes();
        }
        Document document;
        if (context.encoding().isPresent()) {
            TextEncoding encoding = PlainTextReader.stated(context.encoding().get(), bytes);
            document = Jsoup.parse(encoding.decode(bytes));
        } else {
            document = parse(bytes, context);
        }
        read(document, context, false);
    }

    /** By byte order mark or the page's own word, else as the bytes look. */
    static Document parse(byte[] bytes, ReadContext context) throws IOException {
        TextEncoding looks = TextEncoding.detect(bytes);
        boolean silent = looks.isGuessed() && !declaresCharset(bytes);
        if (silent) {
            context.warning(looks.warning());
            return Jsoup.parse(looks.decode(bytes));
        }
        boolean wide = looks.charset().name().startsWith("UTF-16");
        return wide ? Jsoup.parse(looks.decode(bytes)) : Jsoup.parse(new ByteArrayInputStream(bytes), null, "");
    }

    private static boolean declaresCharset(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, 4096), StandardCharsets.ISO_8859_1);
        return head.toLowerCase(Locale.ROOT).contains("charset");
    }

    /**
     * Hands over the text of a page and its links.
     *
     * @param evidence whether links are what a mail lures with, rather than sources
     */
    static void read(Document document, ReadContext context, boolean evidence) throws DocumentRefused {
        context.title(document.title());
        Extraction extraction = new Extraction(context);
        document.filter(extraction);
        extraction.refreshes(document);
        if (extraction.late) {
            context.budget().time();
        }
        context.passage(Passage.of("", extraction.text.toString()));
        if (!extraction.links.isEmpty()) {
            String links = extraction.links.toString();
            context.passage(
                    evidence ? Passage.of("links", links) : Passage.doubtful("links", links, PlainTextReader.TARGET));
        }
        if (!extraction.loaded.isEmpty()) {
            context.passage(Passage.doubtful("pictures", extraction.loaded.toString(), PICTURE));
        }
    }

    /** One walk over the tree. */
    private static final class Extraction implements NodeFilter {

        private final ReadContext context;
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder links = new StringBuilder();
        private final StringBuilder loaded = new StringBuilder();
        private boolean late;
        private int seen;
        private int linkEnd = -1;

        Extraction(ReadContext context) {
            this.context = context;
        }

        @Override
        public FilterResult head(Node node, int depth) {
            if ((++seen & 0xFFF) == 0 && context.budget().isLate()) {
                late = true;
                return FilterResult.STOP;
            }
            if (node instanceof TextNode words) {
                append(words);
            } else if (node instanceof Element element) {
                if (HIDDEN.contains(element.normalName())) {
                    return FilterResult.SKIP_ENTIRELY;
                }
                if (isHidden(element)) {
                    element.stream().forEach(this::links);
                    return FilterResult.SKIP_ENTIRELY;
                }
                start(element);
            }
            return FilterResult.CONTINUE;
        }

        @Override
        public FilterResult tail(Node node, int depth) {
            if (node instanceof Element element) {
                if (element.isBlock()) {
                    paragraph();
                } else if (element.normalName().equals("br")) {
                    text.append('\n');
                } else if (SPACED.contains(element.normalName())) {
                    text.append(' ');
                } else if (APART.contains(element.normalName())) {
                    linkEnd = text.length();
                }
            }
            return FilterResult.CONTINUE;
        }

        private void start(Element element) {
            String name = element.normalName();
            boolean nextLink = APART.contains(name) && linkEnd == text.length();
            if (SPACED.contains(name) || nextLink) {
                text.append(' ');
            } else if (element.isBlock() && !name.equals("body") && !name.equals("html")) {
                paragraph();
            }
            links(element);
            link(loaded, element.attr("src"));
        }

        /** Where an element leads, shown or not. */
        private void links(Element element) {
            link(links, element.attr("href"));
            link(links, element.attr("action"));
            link(links, element.attr("formaction"));
        }

        /** The pages to which a page sends on by itself. */
        private void refreshes(Document document) {
            for (Element meta : document.getElementsByTag("meta")) {
                String content = meta.attr("content");
                int url = content.toLowerCase(Locale.ROOT).indexOf("url=");
                if (url >= 0 && meta.attr("http-equiv").equalsIgnoreCase("refresh")) {
                    link(links, content.substring(url + 4).replaceAll("^[\\s'\"]+|[\\s'\"]+$", ""));
                }
            }
        }

        private static void link(StringBuilder into, String target) {
            if (!target.isEmpty()) {
                LinkTarget.of(target).ifPresent(address -> into.append(address).append('\n'));
            }
        }

        private static boolean isHidden(Element element) {
            String style = element.attr("style");
            return element.hasAttr("hidden")
                    || (!style.isEmpty()
                            && UNSEEN.matcher(style.replaceAll("\\s", "").toLowerCase(Locale.ROOT))
                                    .find());
        }

        /** Outside of preformatted text, white space of all kinds is one blank. */
        private void append(TextNode words) {
            Element parent = words.parent();
            boolean kept = parent != null && preserves(parent);
            if (kept) {
                text.append(words.getWholeText());
                return;
            }
            String plain = words.getWholeText();
            for (int i = 0; i < plain.length(); i++) {
                char c = plain.charAt(i);
                if (!Character.isWhitespace(c)) {
                    text.append(c);
                } else if (!text.isEmpty() && !Character.isWhitespace(text.charAt(text.length() - 1))) {
                    text.append(' ');
                }
            }
        }

        private static boolean preserves(Element element) {
            Element up = element;
            for (int i = 0; up != null && i < 6; i++, up = up.parent()) {
                if (up.normalName().equals("pre") || up.normalName().equals("textarea")) {
                    return true;
                }
            }
            return false;
        }

        /** Ends a paragraph by an empty line, as in plain text. */
        private void paragraph() {
            int length = text.length();
            if (length > 0 && (length < 2 || text.charAt(length - 1) != '\n' || text.charAt(length - 2) != '\n')) {
                text.append(text.charAt(length - 1) == '\n' ? "\n" : "\n\n");
            }
        }
    }
}

package uz.koprik.indicators.documents;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.koprik.indicators.imports.ImportRefused;
import uz.koprik.indicators.imports.TextEncoding;

/** Plain text and Markdown, piece by piece. */
final class PlainTextReader implements FormatReader {

    private static final int HEAD = 64 << 10;
    private static final int PIECE = 64 << 10;

    /** A line longer than this goes on as another line. */
    private static final int LONGEST_LINE = 32 << 10;

    private static final Pattern LINK =
            Pattern.compile("]\\(\\s*<?([^\\s()<>]*+)>?(?:\\s+[\"'][^\"')]*+[\"'])?\\s*\\)");
    private static final Pattern REFERENCE = Pattern.compile("(?m)^\\s{0,3}\\[[^]\\n]+]:\\s+<?(\\S+?)>?(?:\\s.*)?$");
    private static final Pattern ESCAPE = Pattern.compile("(?<=[\\p{Alnum}\\[\\]])\\\\([_*\\[\\].~#-])");
    static final String TARGET = "it is the target of a link, as sources are";

    private final boolean markdown;

    PlainTextReader(boolean markdown) {
        this.markdown = markdown;
    }

    @Override
    public void read(Path file, ReadContext context) throws IOException, DocumentRefused {
        TextEncoding encoding = encoding(file, context);
        try (InputStream bytes = Files.newInputStream(file)) {
            bytes.skipNBytes(encoding.markLength());
            read(bytes, encoding.charset(), context);
        }
    }

    private static TextEncoding encoding(Path file, ReadContext context) throws IOException, DocumentRefused {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
        }
        if (context.encoding().isPresent()) {
            return stated(context.encoding().get(), head);
        }
        TextEncoding guessed = TextEncoding.detect(head);
        if (guessed.isGuessed()) {
            context.warning(guessed.warning());
        }
        return guessed;
    }

    static TextEncoding stated(String name, byte[] head) throws DocumentRefused {
        try {
            return TextEncoding.stated(name, head);
        } catch (ImportRefused e) {
            throw new DocumentRefused(e.sentence(), e);
        }
    }

    private void read(InputStream bytes, Charset charset, ReadContext context) throws IOException, DocumentRefused {
        BufferedReader in = new BufferedReader(new InputStreamReader(bytes, charset), PIECE);
        StringBuilder piece = new StringBuilder(PIECE);
        int first = 1;
        int line = 1;
        boolean afterReturn = false;
        int lineStart = 0;
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n' && afterReturn) {
                afterReturn = false;
                continue;
            }
            afterReturn = c == '\r';
            boolean end = c == '\n' || c == '\r' || c == 0x0C || c == 0x85 || c == 0x2028 || c == 0x2029;
            piece.append(end ? '\n' : (char) c);
            if (end) {
                line++;
                lineStart = piece.length();
            }
            boolean cut = piece.length() - lineStart >= LONGEST_LINE && Character.isWhitespace(c);
            if ((end && piece.length() >= PIECE / 2) || cut || piece.length() >= 2 * PIECE) {
                hand(piece, first, context);
                piece.setLength(0);
                lineStart = 0;
                first = line;
            }
        }
        hand(piece, first, context);
    }

    private void hand(StringBuilder piece, int firstLine, ReadContext context) throws DocumentRefused {
        String text = piece.toString();
        if (!markdown) {
            context.passage(new Passage("", firstLine, text, Passage.Standing.TEXT, ""));
            return;
        }
        if (firstLine == 1) {
            text.lines()
                    .filter(line -> line.startsWith("# "))
                    .findFirst()
                    .ifPresent(heading -> context.title(heading.substring(2)));
        }
        String plain = ESCAPE.matcher(text.replace("&amp;", "&")).replaceAll("$1");
        StringBuilder rest = new StringBuilder(plain.length());
        StringBuilder targets = new StringBuilder();
        cut(plain, LINK, "] ", rest, targets);
        String once = rest.toString();
        rest.setLength(0);
        cut(once, REFERENCE, "", rest, targets);
        context.passage(new Passage("", firstLine, rest.toString(), Passage.Standing.TEXT, ""));
        if (!targets.isEmpty()) {
            context.passage(Passage.doubtful("links", targets.toString(), TARGET));
        }
    }

    /** Takes targets of links out of a text, since they have a standing of their own. */
    private static void cut(String text, Pattern links, String instead, StringBuilder rest, StringBuilder targets) {
        Matcher link = links.matcher(text);
        int from = 0;
        while (link.find()) {
            rest.append(text, from, link.start()).append(instead);
            targets.append(link.group(1)).append('\n');
            from = link.end();
        }
        rest.append(text, from, text.length());
    }
}

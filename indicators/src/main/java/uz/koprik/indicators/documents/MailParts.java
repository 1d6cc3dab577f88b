package uz.koprik.indicators.documents;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.parser.AbstractContentHandler;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.NameValuePair;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.jsoup.Jsoup;
import uz.koprik.indicators.imports.TextEncoding;

/** Takes the parts of a mail as the parser finds them. */
final class MailParts extends AbstractContentHandler {

    /** Bytes of one body of text. */
    private static final int LARGEST_TEXT = 8 << 20;

    /** A piece of a long file name. */
    private static final Pattern PIECE = Pattern.compile("filename\\*[0-9]{1,3}\\*?");

    private final ReadContext context;
    private final Attachments attachments;

    /** Names of the mails that are open: the mail itself, and those inside it. */
    private final Deque<String> mails = new ArrayDeque<>();

    private int inner;
    private String partName = "";
    private String disposition = "";

    /** Whether the lines of the text were broken for transport, and the blank before a break is no part of it. */
    private boolean delSp;

    MailParts(ReadContext context) {
        this.context = context;
        this.attachments = new Attachments(context);
    }

    @Override
    public void startMessage() throws MimeException {
        if (mails.isEmpty()) {
            mails.push("");
            return;
        }
        if (mails.size() > context.budget().limits().depth()) {
            throw wrapped(new DocumentRefused(DocumentFault.DEEP_MAIL.of()));
        }
        mails.push(at("attached mail " + ++inner));
    }

    @Override
    public void endMessage() {
        mails.pop();
    }

    @Override
    public void startHeader() {
        partName = "";
        disposition = "";
        delSp = false;
    }

    @Override
    public void field(Field raw) throws MimeException {
        String name = raw.getNameLowerCase();
        String body =
                DecoderUtil.decodeEncodedWords(raw.getBody() == null ? "" : raw.getBody(), StandardCharsets.UTF_8);
        try {
            switch (name) {
                case "content-disposition", "content-type" -> parameters(name, raw);
                default -> {
                    Optional<Passage> passage = MailHeader.passage(at(""), name, body);
                    if (passage.isPresent()) {
                        context.passage(passage.get());
                    }
                    if (name.equals("subject") && mails.size() == 1) {
                        context.title(body);
                    }
                }
            }
        } catch (DocumentRefused e) {
            throw wrapped(e);
        }
    }

    private void parameters(String name, Field raw) {
        RawField field =
                raw instanceof RawField parsedBefore ? parsedBefore : new RawField(raw.getName(), raw.getBody());
        var parsed = RawFieldParser.DEFAULT.parseRawBody(field);
        if (name.equals("content-disposition") && parsed.getValue() != null) {
            disposition = parsed.getValue().toLowerCase(Locale.ROOT);
        }
        Map<Integer, String> pieces = new TreeMap<>();
        for (NameValuePair pair : parsed.getParams()) {
            String key = pair.getName().toLowerCase(Locale.ROOT);
            if ((key.equals("filename") || key.equals("name")) && pair.getValue() != null) {
                partName = DecoderUtil.decodeEncodedWords(pair.getValue(), StandardCharsets.UTF_8);
            } else if (key.equals("filename*") && pair.getValue() != null) {
                partName = MailHeader.extended(pair.getValue());
            } else if (key.equals("delsp")) {
                delSp = "yes".equalsIgnoreCase(pair.getValue());
            } else if (PIECE.matcher(key).matches() && pair.getValue() != null) {
                boolean encoded = key.endsWith("*");
                int number = Integer.parseInt(key.replaceAll("[^0-9]", ""));
                pieces.put(number, encoded ? pair.getValue() : pair.getValue().replace("%", "%25"));
            }
        }
        if (!pieces.isEmpty()) { // RFC 2231, section 3
            String whole = String.join("", pieces.values());
            partName = MailHeader.extended(whole.indexOf('\'') < 0 ? "UTF-8''" + whole : whole);
        }
    }

    @Override
    public void body(BodyDescriptor body, InputStream in) throws MimeException, IOException {
        try {
            context.budget().part();
            InputStream counted = context.budget().counted(in);
            String type = body.getMimeType() == null ? "" : body.getMimeType().toLowerCase(Locale.ROOT);
            boolean text = type.equals("text/plain") || type.equals("text/html") || type.isEmpty();
            if (text && partName.isEmpty() && !disposition.equals("attachment")) {
                text(type, body, counted);
            } else if (!isSignature(type)) {
                attachments.take(
                        at("attachment"), partName, disposition.equals("inline") && type.startsWith("image/"), counted);
            }
        } catch (DocumentRefused e) {
            throw wrapped(e);
        }
    }

    private static boolean isSignature(String type) {
        return type.endsWith("pkcs7-signature") || type.endsWith("pgp-signature") || type.startsWith("multipart/");
    }

    private void text(String type, BodyDescriptor body, InputStream in) throws IOException, DocumentRefused {
        byte[] bytes = in.readNBytes(LARGEST_TEXT + 1);
        if (bytes.length > LARGEST_TEXT) {
            throw new DocumentRefused(DocumentFault.LONG_TEXT_OF_MAIL.of(LARGEST_TEXT));
        }
        String charset = declared(body);
        TextEncoding encoding = charset == null ? TextEncoding.detect(bytes) : PlainTextReader.stated(charset, bytes);
        if (encoding.isGuessed()) {
            context.warning(encoding.warning());
        }
        String words = encoding.decode(bytes).replace("\r\n", "\n").replace('\r', '\n');
        if (type.equals("text/html")) {
            HtmlReader.read(Jsoup.parse(words), context.part(at("HTML text")), true);
        } else {
            String text = delSp ? joined(words) : words;
            context.passage(new Passage(at("text"), 1, text, Passage.Standing.TEXT, ""));
        }
    }

    /** Lines that end in a blank with those they go on in (RFC 3676, section 4). */
    private static String joined(String flowed) {
        StringBuilder text = new StringBuilder(flowed.length());
        boolean open = false;
        for (String line : flowed.split("\n", -1)) {
            int quote = 0;
            while (quote < line.length() && line.charAt(quote) == '>') {
                quote++;
            }
            boolean stuffed = quote < line.length() && line.charAt(quote) == ' ';
            String rest = line.substring(stuffed ? quote + 1 : quote);
            text.append(open || quote == 0 ? "" : "> ").append(rest);
            open = rest.endsWith(" ") && !rest.equals("-- ");
            if (open) {
                text.setLength(text.length() - 1);
            } else {
                text.append('\n');
            }
        }
        return text.toString();
    }

    /** The charset that a part names, when Java knows it; older mails call plain ASCII what is none. */
    private static String declared(BodyDescriptor body) {
        String charset = body.getCharset();
        if (charset == null || charset.equalsIgnoreCase("us-ascii") || charset.equalsIgnoreCase("utf-8")) {
            return null;
        }
        try {
            return Charset.isSupported(charset) ? charset : null;
        } catch (IllegalArgumentException noName) {
            return null;
        }
    }

    private String at(String place) {
        String mail = mails.isEmpty() ? "" : mails.peek();
        return mail.isEmpty() ? place : place.isEmpty() ? mail : mail + ", " + place;
    }

    private static MimeException wrapped(DocumentRefused why) {
        return new MimeException(new DocumentBudget.TooMuch(why));
    }
}

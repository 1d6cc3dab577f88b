package uz.koprik.indicators.documents;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
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

    private final ReadContext context;
    private final Attachments attachments;

    /** Names of the mails that are open: the mail itself, and those inside it. */
    private final Deque<String> mails = new ArrayDeque<>();

    private int inner;
    private String partName = "";
    private String disposition = "";

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
        for (NameValuePair pair : parsed.getParams()) {
            String key = pair.getName().toLowerCase(Locale.ROOT);
            if ((key.equals("filename") || key.equals("name")) && pair.getValue() != null) {
                partName = DecoderUtil.decodeEncodedWords(pair.getValue(), StandardCharsets.UTF_8);
            } else if (key.equals("filename*") && pair.getValue() != null) {
                partName = MailHeader.extended(pair.getValue());
            }
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
            context.passage(new Passage(at("text"), 1, words, Passage.Standing.TEXT, ""));
        }
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

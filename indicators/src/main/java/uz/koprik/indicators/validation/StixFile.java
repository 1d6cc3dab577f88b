package uz.koprik.indicators.validation;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.json.JsonArrayStream;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.indicators.imports.ObjectText;
import uz.koprik.indicators.imports.TopLevel;
import uz.koprik.indicators.imports.UnpackLimit;
import uz.koprik.indicators.stix.StixReader;

/**
 * A file of STIX, packed with gz or not: a bundle, a TAXII envelope, a list of objects or a single object. Returns one
 * verdict per object. Holds one object at a time, and the version keys of the others. Not safe for use by several
 * threads.
 */
public final class StixFile implements AutoCloseable {

    /** How much of a file is looked at to find out what it is. */
    private static final int HEAD = 16 << 10;
    /**
     * The person who validates a file has it at hand: honest archives of repetitive objects pack far better than
     * imports.
     */
    private static final int MAX_RATIO = 2_000;

    private final InputStream in;
    private final InputStream text;
    private final Optional<JsonArrayStream> collection;
    /** JSON pointer of the list of objects, with a slash at its end. */
    private final String prefix;

    private final Lineages lineages = new Lineages();
    private boolean done;

    private StixFile(InputStream in, InputStream text, Optional<JsonArrayStream> collection, String prefix) {
        this.prefix = prefix;
        this.in = in;
        this.text = text;
        this.collection = collection;
    }

    /**
     * What was found out about one object, or about the bundle around them.
     *
     * @param pointer JSON pointer of the object within the file
     * @param line line of the file on which it begins, from 1
     * @param verdict result of the validation
     */
    public record Item(String pointer, int line, ObjectVerdict verdict) {}

    /**
     * Begins to read.
     *
     * @param in closed by {@link #close}
     */
    public static StixFile open(InputStream in) throws IOException {
        InputStream text = new BufferedInputStream(UnpackLimit.of(in, MAX_RATIO), 4 * HEAD);
        ObjectText.skipMark(text);
        text.mark(HEAD);
        String head = new String(text.readNBytes(HEAD), StandardCharsets.ISO_8859_1).stripLeading();
        text.reset();
        boolean list = ObjectText.isList(head);
        boolean many = list || (head.startsWith("{") && TopLevel.isCollection(head));
        InputStream objects = list ? ObjectText.envelope(text) : text;
        return new StixFile(
                in,
                text,
                many ? Optional.of(new JsonArrayStream(objects, "objects", StixReader.MAX_BYTES)) : Optional.empty(),
                list ? "/" : "/objects/");
    }

    /** The verdict on the next object, and at last on the bundle around them; null at the end. */
    public Item next() throws IOException {
        if (done) {
            return null;
        }
        return collection.isPresent() ? nextOf(collection.get()) : single();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private Item single() throws IOException {
        done = true;
        byte[] object = text.readNBytes(StixReader.MAX_BYTES + 1);
        return new Item(
                "",
                1,
                object.length > StixReader.MAX_BYTES
                        ? Validation.unreadable(
                                "",
                                "the object has more than the " + StixReader.MAX_BYTES + " bytes that are taken",
                                "")
                        : Validation.judge(object, 1, false));
    }

    private Item nextOf(JsonArrayStream objects) throws IOException {
        try {
            byte[] object = objects.next();
            if (object != null) {
                return item(prefix + objects.index(), objects.line(), object);
            }
            done = true;
            return frame(objects);
        } catch (MalformedJson e) {
            done = !objects.resumable();
            return new Item(
                    e.pointer(),
                    e.line(),
                    Validation.unreadable(
                            e.pointer(),
                            "line " + e.line() + ", column " + e.column() + ": " + e.reason(),
                            "RFC 8259, RFC 7493"));
        }
    }

    private Item item(String pointer, int line, byte[] object) {
        ObjectVerdict alone = Validation.judge(object, line, true);
        return new Item(
                pointer,
                line,
                alone.and(
                        alone.object().map(o -> lineages.add(o, pointer, line)).orElse(List.of())));
    }

    /**
     * The bundle itself, null for an envelope, which has no rules of STIX; or a single object that begins like neither.
     */
    private static Item frame(JsonArrayStream objects) {
        JsonObject frame = objects.header();
        if (frame.string("type").orElse("").equals("bundle")) {
            return new Item("", 1, Validation.judgeBundle(frame));
        }
        if (!objects.found()) {
            return new Item("", 1, Validation.judge(frame, false));
        }
        return !frame.has("type")
                ? null
                : new Item(
                        "",
                        1,
                        Validation.unreadable(
                                "/type", "only a bundle or a TAXII envelope has a list of objects", "STIX 2.1, 8"));
    }
}

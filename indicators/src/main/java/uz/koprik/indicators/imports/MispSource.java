package uz.koprik.indicators.imports;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import uz.koprik.crypto.json.JsonArrayStream;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.imports.layout.ImportSentence;
import uz.koprik.indicators.translate.Translation;
import uz.koprik.indicators.translate.misp.EarlierObjects;
import uz.koprik.indicators.translate.misp.MispToStix;

/**
 * MISP events: one ({@code {"Event": …}}), the answer to a search ({@code {"response": [{"Event": …}]}}), or a list of
 * events ({@code [{"Event": …}]}). Several may follow one another, one per line or not, and the words {@code "Event"}
 * and {@code "response"} may be missing. At most one event is in memory.
 */
final class MispSource implements ImportReader.Source {

    /** Longest event that is taken. */
    static final int MAX_EVENT_BYTES = 48 << 20;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final JsonArrayStream events;
    private final MispToStix translator;
    private final String prefix;
    private final boolean numbered;
    private final Queue<ImportItem> waiting = new ArrayDeque<>();

    MispSource(InputStream text, ImportOptions options, EarlierObjects earlier) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(text, 64 << 10);
        skipByteOrderMark(buffered);
        buffered.mark(8 << 10);
        String head = new String(buffered.readNBytes(4 << 10), StandardCharsets.UTF_8);
        buffered.reset();
        boolean list = head.stripLeading().startsWith("[");
        boolean answer = !list && MispShape.isAnswer(head);
        this.numbered = list || answer;
        this.prefix = answer ? "/response" : "";
        // An array reader that knows objects with a list reads all three, once the text is wrapped to be one.
        this.events = new JsonArrayStream(
                answer
                        ? buffered
                        : list
                                ? wrapped("{\"response\":", buffered, "}")
                                : wrapped("{\"response\":[", new JsonSequence(buffered), "]}"),
                "response",
                MAX_EVENT_BYTES);
        this.translator = new MispToStix(options.recognition().context(), options.tlp(), earlier);
    }

    /** JSON has none (RFC 8259, section 8.1); editors write it nevertheless. */
    private static void skipByteOrderMark(InputStream text) throws IOException {
        text.mark(BYTE_ORDER_MARK.length);
        if (!Arrays.equals(text.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
            text.reset();
        }
    }

    private static InputStream wrapped(String before, InputStream text, String after) {
        return new SequenceInputStream(Collections.enumeration(List.of(
                new ByteArrayInputStream(before.getBytes(StandardCharsets.UTF_8)),
                text,
                new ByteArrayInputStream(after.getBytes(StandardCharsets.UTF_8)))));
    }

    @Override
    public ImportItem next() throws IOException, ImportRefused {
        while (waiting.isEmpty()) {
            byte[] event;
            try {
                event = events.next();
            } catch (MalformedJson e) {
                if (events.resumable()) {
                    return new ImportItem.RefusedRow(pointer(), ImportSentence.LARGE_EVENT.of(MAX_EVENT_BYTES));
                }
                throw new ImportRefused(e);
            }
            if (event == null) {
                return null;
            }
            try {
                read(StrictJson.parseObject(event));
            } catch (MalformedJson e) {
                return new ImportItem.RefusedRow(pointer() + e.pointer(), e.reason());
            }
        }
        return waiting.remove();
    }

    private String pointer() {
        return numbered ? prefix + '/' + events.index() : events.index() > 0 ? "line " + events.line() + ' ' : "";
    }

    private void read(JsonObject wrapper) {
        JsonObject inner = wrapper.object("response").orElse(wrapper);
        String pointer =
                pointer() + (wrapper.has("response") ? "/response" : "") + (inner.has("Event") ? "/Event" : "");
        Translation translation = translator.translate(inner.object("Event").orElse(inner), pointer);
        translation
                .objects()
                .forEach(o -> waiting.add(new ImportItem.ObjectBytes(
                        translation.places().getOrDefault(o.id(), pointer), o.bytes(), true)));
        translation
                .unexpressed()
                .forEach(u -> waiting.add(
                        u.whole()
                                ? new ImportItem.RefusedRow(u.where(), u.named())
                                : new ImportItem.ImportNote(u.where(), u.named())));
    }
}

package uz.koprik.indicators.store.elasticsearch;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import uz.koprik.crypto.Sha256;
import uz.koprik.indicators.observable.network.NetworkKey;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.entries.IndexTerms;
import uz.koprik.indicators.store.journal.EntryRecord;
import uz.koprik.indicators.store.journal.ErasedRecord;
import uz.koprik.indicators.store.words.SearchedText;
import uz.koprik.indicators.store.words.WordRules;

/**
 * An entry as it is found: its {@code _id} is its sequence number, {@code head} and {@code object} all of it, the rest
 * is there to search by. Never changed once written; what is in view is for rows to say.
 */
final class EntryDocument {

    static final String SEQ = "seq";
    static final String OBSERVABLE = "observable";
    static final String MARK = "mark";
    static final String PLACE = "place";
    static final String REF = "ref";
    static final String KIND = "kind";
    static final String LABEL = "label";
    static final String WORD = "word";
    static final String RECORD = "record";
    static final String HEAD = "head";
    static final String OBJECT = "object";

    private EntryDocument() {}

    /** Writes one, straight down, since this is done for every entry. */
    static void write(IndexEntry entry, WordRules words, JsonGenerator json) throws IOException {
        byte[] record = entry.record();
        EntryMetadata facts = entry.facts();
        json.writeStartObject();
        json.writeNumberField(SEQ, entry.seq());
        texts(json, OBSERVABLE, terms(facts.observables()));
        json.writeArrayFieldStart(MARK);
        for (String value : new LinkedHashSet<>(facts.observables())) { // numbers are kept as often as they come
            json.writeNumber(mark(value));
        }
        json.writeEndArray();
        texts(
                json,
                PLACE,
                terms(facts.observables().stream()
                        .flatMap(key -> NetworkKey.ofKey(key).stream())
                        .toList()));
        texts(json, REF, terms(facts.refs()));
        texts(json, KIND, IndexTerms.kinds(facts.observables()));
        if (!ErasedRecord.is(ByteBuffer.wrap(record), 0)) { // else there is no object
            texts(json, LABEL, terms(SearchedText.labels(EntryRecord.object(ByteBuffer.wrap(record), 0))));
        }
        texts(
                json,
                WORD,
                words.runs(facts.text()).stream()
                        .map(run -> String.join(" ", run))
                        .toList());
        record(json, record);
        json.writeEndObject();
    }

    /**
     * The producer's bytes as a text, of which a node keeps less than half the bytes that it would keep of Base64; what
     * is no text goes in Base64 with the rest.
     */
    private static void record(JsonGenerator json, byte[] record) throws IOException {
        int head =
                record.length - EntryRecord.object(ByteBuffer.wrap(record), 0).remaining();
        if (isText(record, head)) {
            base64(json, HEAD, ByteBuffer.wrap(record, 0, head));
            json.writeFieldName(OBJECT);
            json.writeUTF8String(record, head, record.length - head);
        } else {
            base64(json, RECORD, ByteBuffer.wrap(record));
        }
    }

    private static void base64(JsonGenerator json, String name, ByteBuffer bytes) throws IOException {
        json.writeFieldName(name);
        byte[] text = Base64.getEncoder().encode(bytes).array();
        json.writeRawUTF8String(text, 0, text.length);
    }

    private static boolean isText(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] >= 0) {
            at++;
        }
        if (at == bytes.length) {
            return true;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, bytes.length - at));
            return true;
        } catch (CharacterCodingException noText) {
            return false;
        }
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        if (texts.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    /** By which a found value is recognised: 64 bits of SHA-256, for which a node keeps no dictionary of texts. */
    static long mark(String observable) {
        return ByteBuffer.wrap(Sha256.of(observable.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    private static List<String> terms(List<String> values) {
        return values.stream().map(IndexTerms::of).distinct().toList();
    }

    /** Of a document, only what the entry is made of: its record, or the head of that and the object after it. */
    @SuppressWarnings("ArrayRecordComponent") // made once, never compared
    @JsonIgnoreProperties(ignoreUnknown = true) // that a node leaves the rest out costs it more than sending it
    record KeptFields(
            @JsonProperty(RECORD) @JsonDeserialize(using = RecordPacking.Plain.class) byte[] whole,
            @JsonProperty(HEAD) @JsonDeserialize(using = RecordPacking.Plain.class) byte[] head,
            @JsonProperty(OBJECT) String object) {

        byte[] record() {
            if (whole != null) {
                return whole;
            }
            byte[] text = object.getBytes(StandardCharsets.UTF_8);
            byte[] record = Arrays.copyOf(head, head.length + text.length);
            System.arraycopy(text, 0, record, head.length, text.length);
            return record;
        }
    }
}

package uz.koprik.indicators.store.elasticsearch;

import co.elastic.clients.util.BinaryData;
import co.elastic.clients.util.ContentType;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import uz.koprik.crypto.Sha256;
import uz.koprik.indicators.observable.Place;
import uz.koprik.indicators.store.EntryFacts;
import uz.koprik.indicators.store.journal.EntryRecord;
import uz.koprik.indicators.store.journal.IndexTerms;
import uz.koprik.indicators.store.words.SearchedText;
import uz.koprik.indicators.store.words.Words;

/**
 * An entry as it is found: its {@code _id} is its place in the sequence, {@code record} all of it, the rest is there to search
 * by. Never changed once written; what is in view is for rows to say.
 *
 * @param json written straight down, since this is done for every entry
 */
record EntryDocument(long seq, BinaryData json) {

    static final String SEQ = "seq";
    static final String OBSERVABLE = "observable";
    static final String MARK = "mark";
    static final String PLACE = "place";
    static final String REF = "ref";
    static final String KIND = "kind";
    static final String LABEL = "label";
    static final String WORD = "word";
    static final String RECORD = "record";

    private static final JsonFactory JSON = new JsonFactory();

    static EntryDocument of(byte[] record, Words words) {
        ByteBuffer buffer = ByteBuffer.wrap(record);
        EntryFacts facts = EntryRecord.facts(buffer, 0);
        long seq = EntryRecord.seq(buffer, 0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * record.length);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField(SEQ, seq);
            texts(json, OBSERVABLE, terms(facts.observables()));
            json.writeArrayFieldStart(MARK);
            for (String value : new LinkedHashSet<>(facts.observables())) { // numbers are kept as often as they come
                json.writeNumber(mark(value));
            }
            json.writeEndArray();
            texts(json, PLACE, terms(facts.observables().stream().flatMap(key -> Place.ofKey(key).stream()).toList()));
            texts(json, REF, terms(facts.refs()));
            texts(json, KIND, IndexTerms.kinds(facts.observables()));
            texts(json, LABEL, terms(SearchedText.labels(EntryRecord.object(buffer, 0))));
            texts(json, WORD, words.runs(facts.text()).stream().map(run -> String.join(" ", run)).toList());
            json.writeFieldName(RECORD);
            byte[] text = Base64.getEncoder().encode(record);
            json.writeRawUTF8String(text, 0, text.length);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new EntryDocument(seq, BinaryData.of(bytes.toByteArray(), ContentType.APPLICATION_JSON));
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

    /** By which a value is told from others when found: 64 bits of SHA-256, for which a node keeps no dictionary of texts. */
    static long mark(String observable) {
        return ByteBuffer.wrap(Sha256.of(observable.getBytes(StandardCharsets.UTF_8))).getLong();
    }

    private static List<String> terms(List<String> values) {
        return values.stream().map(IndexTerms::of).distinct().toList();
    }

    /** Of a document, only what the entry is made of. */
    @SuppressWarnings("ArrayRecordComponent") // made once, never compared
    @JsonIgnoreProperties(ignoreUnknown = true) // that a node leaves the rest out costs it more than sending it
    record RecordOnly(@JsonProperty("record") @JsonDeserialize(using = Packing.Plain.class) byte[] record) {}
}

package uz.koprik.indicators.store.elasticsearch;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.ByteBuffer;
import java.util.List;
import uz.koprik.indicators.observable.Place;
import uz.koprik.indicators.store.EntryFacts;
import uz.koprik.indicators.store.journal.EntryRecord;
import uz.koprik.indicators.store.journal.IndexTerms;
import uz.koprik.indicators.store.words.SearchedText;
import uz.koprik.indicators.store.words.Words;

/**
 * An entry as it is found: its {@code _id} is its place in the sequence, {@code record} all of it, the rest is there to search
 * by. Never changed once written; what is in view is for rows to say.
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never compared
record EntryDocument(
        @JsonProperty("seq") long seq,
        @JsonProperty("added") long added,
        @JsonProperty("type") String type,
        @JsonProperty("producer") String producer,
        @JsonProperty("source") String source,
        @JsonProperty("observable") List<String> observables,
        @JsonProperty("place") List<String> places,
        @JsonProperty("ref") List<String> refs,
        @JsonProperty("kind") List<String> kinds,
        @JsonProperty("label") List<String> labels,
        @JsonProperty("word") List<String> words,
        @JsonProperty("record") byte[] record) {

    static final String SEQ = "seq";
    static final String OBSERVABLE = "observable";
    static final String PLACE = "place";
    static final String REF = "ref";
    static final String KIND = "kind";
    static final String LABEL = "label";
    static final String WORD = "word";
    static final String RECORD = "record";

    static EntryDocument of(byte[] record, Words words) {
        ByteBuffer buffer = ByteBuffer.wrap(record);
        EntryFacts facts = EntryRecord.facts(buffer, 0);
        return new EntryDocument(
                EntryRecord.seq(buffer, 0),
                EntryRecord.added(buffer, 0),
                facts.type(),
                facts.producer().orElse(""),
                facts.receivedFrom(),
                terms(facts.observables()),
                terms(facts.observables().stream().flatMap(key -> Place.ofKey(key).stream()).toList()),
                terms(facts.refs()),
                IndexTerms.kinds(facts.observables()),
                terms(SearchedText.labels(EntryRecord.object(buffer, 0))),
                words.runs(facts.text()).stream().map(run -> String.join(" ", run)).toList(),
                record);
    }

    private static List<String> terms(List<String> values) {
        return values.stream().map(IndexTerms::of).distinct().toList();
    }

    /** Of a document, only what the entry is made of. */
    @SuppressWarnings("ArrayRecordComponent")
    record RecordOnly(@JsonProperty("record") byte[] record) {}
}

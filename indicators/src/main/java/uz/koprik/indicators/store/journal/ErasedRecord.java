package uz.koprik.indicators.store.journal;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.store.ErasedVersion;

/**
 * What stays in the journal of an entry that was erased: an {@link EntryRecord} of format {@value EntryRecord#ERASED}
 * with the same facts, but without values, words and who submitted it. The signatures stand where the object was, each
 * as the compact form of a detached JWS. Of what never leaves the centre those references stay by which others are
 * shown to the units of a case.
 */
public final class ErasedRecord {

    private static final Logger LOG = LoggerFactory.getLogger(ErasedRecord.class);

    private ErasedRecord() {}

    /** Whether this is what stays of an entry. */
    public static boolean is(ByteBuffer segment, int offset) {
        return segment.get(offset + EntryRecord.FORMAT) == EntryRecord.ERASED;
    }

    /** What stays of an entry, complete but for the frame. */
    public static byte[] of(ByteBuffer segment, int offset, Predicate<String> keepsReference) {
        boolean first = segment.get(offset + EntryRecord.FORMAT) == EntryRecord.FORMAT_1;
        ByteWriter record = JournalRecord.begin(JournalRecord.ENTRY, 1024);
        record.int64(EntryRecord.seq(segment, offset));
        record.int64(EntryRecord.added(segment, offset));
        record.int32(0);
        record.int8(EntryRecord.ERASED);
        record.int8(segment.get(offset + EntryRecord.RELEASE));
        record.int8(segment.get(offset + EntryRecord.FLAGS));
        record.int64(EntryRecord.version(segment, offset));
        record.int64(EntryRecord.created(segment, offset));
        ByteBuffer id = EntryRecord.id(segment, offset);
        record.int32(id.remaining());
        int afterId = offset + EntryRecord.ID;
        record.raw(bytes(segment, afterId, afterId + id.remaining()));
        ByteReader facts = EntryRecord.afterId(segment, offset);
        record.raw(bytes(segment, afterId + id.remaining(), facts.at())); // the definition of the terms
        for (int text = 0; text < 4; text++) { // type, producer, received-from, digest
            record.text(facts.text());
        }
        facts.skipText();
        record.text("");
        int provenance = facts.at();
        EntryRecord.skipProvenance(facts);
        record.raw(bytes(segment, provenance, facts.at()));
        record.texts(List.of());
        boolean house = (segment.get(offset + EntryRecord.RELEASE) & ReleaseTerms.HOUSE) != 0;
        Optional<String> unit = house ? EntryRecord.unit(segment, offset) : Optional.empty();
        facts.skipTexts();
        record.texts(
                house && unit.isEmpty()
                        ? facts.texts().stream().filter(keepsReference).toList()
                        : List.of());
        record.text("");
        unit.ifPresent(record::text);
        record.int64(first ? 0 : EntryRecord.sight(segment, offset));
        record.int32(EntryRecord.statement(segment, offset));
        record.int8(first ? 0 : segment.get(EntryRecord.factsEnd(segment, offset) - 1));
        int end = record.size();
        record.texts(signatures(segment, offset));
        byte[] bytes = record.toBytes();
        ByteWriter.putInt(bytes, EntryRecord.FACTS_LENGTH, end - EntryRecord.FACTS);
        return bytes;
    }

    private static byte[] bytes(ByteBuffer segment, int from, int to) {
        byte[] bytes = new byte[to - from];
        segment.get(from, bytes);
        return bytes;
    }

    /**
     * What is shown of an entry after it was erased, also as long as its content is there still.
     *
     * @param release its terms in force
     */
    public static ErasedVersion version(ByteBuffer segment, int offset, ReleaseTerms release) {
        ByteReader facts = EntryRecord.afterId(segment, offset);
        facts.skipText();
        String producer = facts.text();
        String receivedFrom = facts.text();
        return new ErasedVersion(
                EntryRecord.seq(segment, offset),
                EntryRecord.version(segment, offset),
                facts.text(),
                producer.isEmpty() ? Optional.empty() : Optional.of(producer),
                EntryRecord.added(segment, offset),
                receivedFrom,
                release,
                signatures(segment, offset));
    }

    private static List<String> signatures(ByteBuffer segment, int offset) {
        if (is(segment, offset)) {
            return new ByteReader(segment, EntryRecord.factsEnd(segment, offset)).texts();
        }
        ByteBuffer object = EntryRecord.object(segment, offset);
        byte[] bytes = new byte[object.remaining()];
        object.get(bytes);
        try {
            return SignatureExtension.signatures(StrictJson.parseObject(bytes)).stream()
                    .map(signature -> signature.protectedHeader() + ".." + signature.signature())
                    .toList();
        } catch (MalformedJson none) {
            LOG.debug("an object of {} bytes that is no JSON has no signatures", bytes.length, none);
            return List.of();
        }
    }
}

package uz.koprik.indicators.store.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.cases.CaseFiles;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.extraction.ObservableExtraction;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.store.Draft;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.Provenance;
import uz.koprik.indicators.store.entries.Statements;

/**
 * An entry in the journal. After the frame: {@code seq:8 added:8 factsLength:4 facts object}. The facts begin with
 * fields of fixed width, then the id, so that rows are made again without decoding the rest. Those of case files end
 * with the unit, which older versions neither wrote nor read: what is missing is read from the object. Format 2 ends
 * with {@code sight:8 statement:4 flags:1}, where bit 1 of the flags says that the statement takes precedence, and bit
 * 2 that the entry renews the one before it. In format 3 the release byte may have bit {@value #DEFINED} set: then the
 * definition of the release terms follows the id as text; else the byte is their number. The upper six bits of the
 * flags are the number of the reading that found the values; those of an earlier {@link ObservableExtraction#READING}
 * are completed when they are decoded. Format 4 is what stays of an erased entry, see {@link ErasedRecord}.
 */
public final class EntryRecord {

    private static final int SEQ = JournalRecord.HEADER;
    private static final int ADDED = SEQ + 8;
    static final int FACTS_LENGTH = ADDED + 8;
    static final int FACTS = FACTS_LENGTH + 4;
    static final int FORMAT = FACTS;
    static final int RELEASE = FORMAT + 1;
    static final int FLAGS = RELEASE + 1;
    private static final int VERSION = FLAGS + 1;
    private static final int ID_LENGTH = VERSION + 16;
    static final int ID = ID_LENGTH + 4;

    static final byte FORMAT_1 = 1;
    private static final byte FORMAT_2 = 2;
    private static final byte FORMAT_3 = 3;
    /** The format of an {@link ErasedRecord}. */
    static final byte ERASED = 4;
    /** Of the release byte. */
    private static final int DEFINED = 64;

    private static final int TAIL = 13;
    /** Of the last byte of the facts. */
    private static final int RIGHTFUL = 1;
    /** Of the last byte of the facts: the entry before is the same version, which leaves every view. */
    private static final int RENEWAL = 2;

    private static final int REVOKED = 1;
    private static final int SPEC_20 = 2;
    /** The reading begins at this bit of the flags. */
    private static final int READING_SHIFT = 2;

    private static final Logger LOG = LoggerFactory.getLogger(EntryRecord.class);

    private EntryRecord() {}

    /** The record of a draft, complete but for its sequence number and the frame. */
    public static byte[] encode(Draft draft, byte[] id) {
        return encode(draft, id, ObservableExtraction.READING);
    }

    /** @param reading the number of the reading that found the values of the draft, 0 to 63 */
    static byte[] encode(Draft draft, byte[] id, int reading) {
        EntryMetadata facts = draft.facts();
        ByteWriter record =
                JournalRecord.begin(JournalRecord.ENTRY, 512 + facts.text().length() + draft.object().length);
        record.int64(0);
        record.int64(0);
        record.int32(0);
        ReleaseTerms release = facts.release();
        record.int8(release.plain() ? FORMAT_2 : FORMAT_3);
        record.int8(release.classCode() | (release.plain() ? 0 : DEFINED));
        record.int8((facts.revoked() ? REVOKED : 0)
                | (spec20(facts.specVersion()) ? SPEC_20 : 0)
                | reading << READING_SHIFT);
        record.int64(facts.version());
        record.int64(facts.created());
        record.int32(id.length);
        record.raw(id);
        if (!release.plain()) {
            record.text(release.definition());
        }
        record.text(facts.type());
        record.text(facts.producer().orElse(""));
        record.text(facts.receivedFrom());
        record.text(facts.digest());
        record.text(facts.submittedBy());
        provenance(record, facts.provenance());
        record.texts(facts.observables());
        record.texts(facts.refs());
        record.text(facts.text());
        facts.unit().ifPresent(record::text);
        record.int64(facts.sight());
        record.int32(0);
        record.int8(0);
        int factsEnd = record.size();
        record.raw(draft.object());
        byte[] bytes = record.toBytes();
        ByteWriter.putInt(bytes, FACTS_LENGTH, factsEnd - FACTS);
        return bytes;
    }

    private static boolean spec20(String specVersion) {
        return switch (specVersion) {
            case "2.0" -> true;
            case "2.1" -> false;
            default -> throw new IllegalArgumentException("specVersion is 2.0 or 2.1, not " + specVersion);
        };
    }

    private static void provenance(ByteWriter record, Provenance provenance) {
        record.int8(
                switch (provenance.origin()) {
                    case SIGNED -> 1;
                    case COUNTERSIGNED -> 2;
                    case UNSIGNED -> 3;
                });
        record.count(provenance.signers().size());
        for (Provenance.Signer signer : provenance.signers()) {
            record.text(signer.centre());
            record.text(signer.kid());
            record.text(signer.alg());
            record.int64(signer.issuedAt());
        }
    }

    private static Provenance provenance(ByteReader record) {
        byte origin = record.int8();
        int count = record.count();
        List<Provenance.Signer> signers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            signers.add(new Provenance.Signer(record.text(), record.text(), record.text(), record.int64()));
        }
        return new Provenance(
                switch (origin) {
                    case 1 -> Provenance.Origin.SIGNED;
                    case 2 -> Provenance.Origin.COUNTERSIGNED;
                    case 3 -> Provenance.Origin.UNSIGNED;
                    default -> throw new IllegalStateException("unknown origin " + origin + " in the journal");
                },
                signers);
    }

    /**
     * Fills in what is known only when the record gets its sequence number.
     *
     * @param statement number of the statement that it is part of, 0 for the first of its id
     * @param rightful whether that statement takes precedence over earlier ones; see {@link Statements}
     */
    public static void place(byte[] record, long seq, long added, int statement, boolean rightful) {
        ByteWriter.putLong(record, SEQ, seq);
        ByteWriter.putLong(record, ADDED, added);
        int end = FACTS + ByteBuffer.wrap(record).getInt(FACTS_LENGTH);
        ByteWriter.putInt(record, end - 5, statement);
        record[end - 1] = (byte) (rightful ? RIGHTFUL : 0);
    }

    /** Fills in the same of a record that stores the entry before it in its statement once more. */
    public static void placeRenewal(byte[] record, long seq, long added, int statement) {
        place(record, seq, added, statement, false);
        record[FACTS + ByteBuffer.wrap(record).getInt(FACTS_LENGTH) - 1] = RENEWAL;
    }

    /** Whether an entry stores the latest version before it once more. */
    public static boolean renewal(ByteBuffer segment, int offset) {
        return last(segment, offset, RENEWAL);
    }

    private static boolean last(ByteBuffer segment, int offset, int bit) {
        return segment.get(offset + FORMAT) != FORMAT_1 && (segment.get(factsEnd(segment, offset) - 1) & bit) != 0;
    }

    /** Number of the statement that an entry is part of, 0 for the first of its id. */
    public static int statement(ByteBuffer segment, int offset) {
        return segment.get(offset + FORMAT) == FORMAT_1 ? 0 : segment.getInt(factsEnd(segment, offset) - 5);
    }

    /** Whether the statement that an entry begins takes precedence over earlier ones. */
    public static boolean rightful(ByteBuffer segment, int offset) {
        return last(segment, offset, RIGHTFUL);
    }

    /**
     * Whether a member of this centre submitted an entry that came from no partner; false where earlier versions did
     * not say.
     */
    public static boolean bySomebodyWhoSeesAll(ByteBuffer segment, int offset) {
        return segment.get(offset + FORMAT) != FORMAT_1 && sight(segment, offset) == EntryMetadata.ALL_CLASSES;
    }

    static long sight(ByteBuffer segment, int offset) {
        return segment.get(offset + FORMAT) == FORMAT_1
                ? EntryMetadata.ALL_CLASSES
                : segment.getLong(factsEnd(segment, offset) - TAIL);
    }

    static int factsEnd(ByteBuffer segment, int offset) {
        return offset + FACTS + segment.getInt(offset + FACTS_LENGTH);
    }

    public static long seq(ByteBuffer segment, int offset) {
        return segment.getLong(offset + SEQ);
    }

    public static long added(ByteBuffer segment, int offset) {
        return segment.getLong(offset + ADDED);
    }

    /** The {@linkplain ReleaseTerms#number() number} of the terms that it was stored with. */
    public static int release(ByteBuffer segment, int offset) {
        int release = segment.get(offset + RELEASE);
        return defined(segment, offset)
                ? ReleaseTerms.number(release & ~DEFINED, new ByteReader(segment, afterIdBytes(segment, offset)).text())
                : release;
    }

    /** Writes terms into a record of another kind. */
    public static void writeTerms(ByteWriter record, ReleaseTerms release) {
        record.int8(release.classCode() | (release.plain() ? 0 : DEFINED));
        if (!release.plain()) {
            record.text(release.definition());
        }
    }

    /** The number of the terms that {@link #writeTerms} wrote. */
    public static int readTerms(ByteReader record) {
        int release = record.int8();
        return (release & DEFINED) == 0 ? release : ReleaseTerms.number(release & ~DEFINED, record.text());
    }

    private static boolean defined(ByteBuffer segment, int offset) {
        return (segment.get(offset + RELEASE) & DEFINED) != 0;
    }

    private static int afterIdBytes(ByteBuffer segment, int offset) {
        return offset + ID + segment.getInt(offset + ID_LENGTH);
    }

    public static boolean spec20(ByteBuffer segment, int offset) {
        return (segment.get(offset + FLAGS) & SPEC_20) != 0;
    }

    public static long version(ByteBuffer segment, int offset) {
        return segment.getLong(offset + VERSION);
    }

    public static long created(ByteBuffer segment, int offset) {
        return segment.getLong(offset + VERSION + 8);
    }

    /**
     * See {@link EntryMetadata#provenance()}.
     *
     * @param facts stands before the digest, where {@link #afterId} is once type, producer and received-from are read
     */
    public static Provenance provenanceFrom(ByteReader facts) {
        facts.skipText();
        facts.skipText();
        return provenance(facts);
    }

    /** The id in UTF-8. */
    public static ByteBuffer id(ByteBuffer segment, int offset) {
        return segment.slice(offset + ID, segment.getInt(offset + ID_LENGTH));
    }

    /** As {@link #id}, as text. */
    public static String idText(ByteBuffer segment, int offset) {
        byte[] id = new ByteReader(segment, offset + ID).raw(segment.getInt(offset + ID_LENGTH));
        return new String(id, StandardCharsets.UTF_8);
    }

    /** Type, producer, received-from and digest follow, each as text. */
    public static ByteReader afterId(ByteBuffer segment, int offset) {
        ByteReader facts = new ByteReader(segment, afterIdBytes(segment, offset));
        if (defined(segment, offset)) {
            facts.skipText();
        }
        return facts;
    }

    public static String digest(ByteBuffer segment, int offset) {
        ByteReader facts = afterId(segment, offset);
        facts.skipText();
        facts.skipText();
        facts.skipText();
        return facts.text();
    }

    /** The producer's bytes: a view, never a copy. Empty when it was erased. */
    public static ByteBuffer object(ByteBuffer segment, int offset) {
        if (ErasedRecord.is(segment, offset)) {
            return ByteBuffer.allocate(0);
        }
        int begin = factsEnd(segment, offset);
        return segment.slice(begin, JournalRecord.end(segment, offset) - begin);
    }

    public static EntryMetadata facts(ByteBuffer segment, int offset) {
        byte format = segment.get(offset + FORMAT);
        if (format < FORMAT_1 || format > ERASED) {
            throw new IllegalStateException("entry format " + format + " was written by a later version");
        }
        byte flags = segment.get(offset + FLAGS);
        String id = idText(segment, offset);
        ByteReader rest = afterId(segment, offset);
        String type = rest.text();
        String producer = rest.text();
        String receivedFrom = rest.text();
        String digest = rest.text();
        return new EntryMetadata(
                id,
                type,
                (flags & SPEC_20) != 0 ? "2.0" : "2.1",
                version(segment, offset),
                created(segment, offset),
                producer.isEmpty() ? Optional.empty() : Optional.of(producer),
                receivedFrom,
                rest.text(),
                digest,
                provenance(rest),
                ReleaseTerms.of(release(segment, offset)),
                (flags & REVOKED) != 0,
                values(segment, offset, rest.texts()),
                rest.texts(),
                rest.text(),
                unit(segment, offset, rest.at()),
                sight(segment, offset));
    }

    /** The values that a record names, and those that its object yields by now when an earlier reading found them. */
    private static List<String> values(ByteBuffer segment, int offset, List<String> stored) {
        if (ErasedRecord.is(segment, offset)
                || (segment.get(offset + FLAGS) & 0xFF) >>> READING_SHIFT >= ObservableExtraction.READING) {
            return stored;
        }
        Set<String> values = new LinkedHashSet<>(stored);
        for (String key : stored) {
            if (key.startsWith("file-") || key.startsWith("url:") || key.startsWith("payment-card:")) {
                Observable.ofKey(key).indexed().forEach(value -> values.add(value.key()));
            }
        }
        try {
            ByteBuffer object = object(segment, offset);
            byte[] bytes = new byte[object.remaining()];
            object.get(bytes);
            ObservableExtraction.of(StrictJson.parseObject(bytes)).compared().forEach(value -> values.add(value.key()));
        } catch (MalformedJson damaged) {
            LOG.debug("an object that is none yields no values; its readers report the damage", damaged);
        }
        return List.copyOf(values);
    }

    /** The unit that leads a case file, without decoding the rest; see {@link EntryMetadata#unit}. */
    public static Optional<String> unit(ByteBuffer segment, int offset) {
        ByteReader facts = afterId(segment, offset);
        for (int text = 0; text < 5; text++) { // type, producer, received-from, digest, submitted-by
            facts.skipText();
        }
        skipProvenance(facts);
        facts.skipTexts();
        facts.skipTexts();
        facts.skipText();
        return unit(segment, offset, facts.at());
    }

    static void skipProvenance(ByteReader facts) {
        facts.int8();
        for (int signers = facts.count(); signers > 0; signers--) {
            facts.skipText();
            facts.skipText();
            facts.skipText();
            facts.int64();
        }
    }

    private static Optional<String> unit(ByteBuffer segment, int offset, int end) {
        if (end < factsEnd(segment, offset) - (segment.get(offset + FORMAT) == FORMAT_1 ? 0 : TAIL)) {
            return Optional.of(new ByteReader(segment, end).text());
        }
        if ((segment.get(offset + RELEASE) & ReleaseTerms.HOUSE) == 0 || ErasedRecord.is(segment, offset)) {
            return Optional.empty();
        }
        ByteBuffer object = object(segment, offset);
        byte[] bytes = new byte[object.remaining()];
        object.get(bytes);
        return CaseFiles.unit(bytes);
    }
}

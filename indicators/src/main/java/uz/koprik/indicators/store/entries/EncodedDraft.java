package uz.koprik.indicators.store.entries;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import uz.koprik.indicators.store.Claimant;
import uz.koprik.indicators.store.Draft;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.journal.EntryRecord;

/** A draft as a journal record, made in the caller's thread so that the one writer has little to do. */
@SuppressWarnings("ArrayRecordComponent") // made once, used by one thread after the other, never compared
public record EncodedDraft(EntryMetadata facts, byte[] id, byte[] record, Optional<Long> follows, Claimant claimant) {

    public static EncodedDraft of(Draft draft) {
        byte[] id = draft.facts().id().getBytes(StandardCharsets.UTF_8);
        if (id.length == 0) {
            throw new IllegalArgumentException("an object without an id cannot be stored");
        }
        return new EncodedDraft(draft.facts(), id, EntryRecord.encode(draft, id), draft.follows(), draft.claimant());
    }
}

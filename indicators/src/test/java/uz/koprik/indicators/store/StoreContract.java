package uz.koprik.indicators.store;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;

/**
 * What every store must do, on each backend: one subclass per concern, which runs on each backend. Each test begins
 * with an empty store.
 */
abstract class StoreContract {

    static final Audience ALL = Audience.HOUSEKEEPING;
    static final Audience GREEN_ONLY = new Audience(1L << new ReleaseTerms(Tlp.GREEN, false, false, false).classCode());

    @TempDir
    Path temp;

    InternalStore store;

    private final StoreBackend backend;

    StoreContract(StoreBackend backend) {
        this.backend = backend;
    }

    /** Opens the store that {@code name} stands for; a name not used before is an empty one. */
    InternalStore open(Path name) throws IOException {
        return backend.open(name);
    }

    /** Makes a store from a snapshot, so that it can be opened under that name. */
    void restore(Path snapshot, Path name) throws IOException {
        backend.restore(snapshot, name);
    }

    @BeforeEach
    void begin() throws IOException {
        store = open(temp.resolve("store"));
    }

    @AfterEach
    void end() {
        store.close();
    }

    void reopen() throws IOException {
        store.close();
        store = open(temp.resolve("store"));
    }

    final List<AppendResult> append(Drafts... drafts) throws StoreUnavailable {
        return store.append(Arrays.stream(drafts).map(Drafts::draft).toList());
    }

    final AppendResult.NewEntry stored(Drafts draft) throws StoreUnavailable {
        return assertInstanceOf(AppendResult.NewEntry.class, append(draft).getFirst());
    }

    static List<Long> seqs(List<Entry> entries) {
        return entries.stream().map(Entry::seq).toList();
    }

    List<Long> all(Selection selection) throws StoreUnavailable {
        List<Long> found = new ArrayList<>();
        Page page = store.page(selection, 0, 7);
        found.addAll(seqs(page.entries()));
        while (page.more()) {
            page = store.page(selection, page.nextAfter(), 7);
            found.addAll(seqs(page.entries()));
        }
        return found;
    }

    static Selection select(Versions versions) {
        return new Selection(ALL, Set.of(), Set.of(), Set.of(), versions, 0);
    }

    static List<Long> fromTo(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    static Search words(String words) {
        return new SearchBuilder().words(words).build();
    }
}

package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import uz.koprik.indicators.store.AppendContract;
import uz.koprik.indicators.store.CaseFileContract;
import uz.koprik.indicators.store.ConcurrencyContract;
import uz.koprik.indicators.store.ErasureContract;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.LookupContract;
import uz.koprik.indicators.store.PageContract;
import uz.koprik.indicators.store.ProofContract;
import uz.koprik.indicators.store.RenewalContract;
import uz.koprik.indicators.store.SearchContract;
import uz.koprik.indicators.store.StatementContract;
import uz.koprik.indicators.store.StoreBackend;
import uz.koprik.indicators.store.TermsContract;
import uz.koprik.indicators.store.WithdrawalContract;

/** The contracts of all stores, on files. */
final class LuceneStoreTest {

    /** Small files, so that every test crosses from one to the next. */
    static final LuceneOptions SMALL = new LuceneOptions(8 << 10, 64 << 10, 1 << 20, Duration.ofMillis(100));

    private static final StoreBackend BACKEND = new StoreBackend() {
        @Override
        public InternalStore open(Path name) throws IOException {
            return LuceneStore.open(name, SMALL);
        }

        @Override
        public void restore(Path snapshot, Path name) throws IOException {
            LuceneStore.restore(snapshot, name);
        }
    };

    @Nested
    final class Statements extends StatementContract {
        Statements() {
            super(BACKEND);
        }
    }

    @Nested
    final class Appends extends AppendContract {
        Appends() {
            super(BACKEND);
        }
    }

    @Nested
    final class Pages extends PageContract {
        Pages() {
            super(BACKEND);
        }
    }

    @Nested
    final class Terms extends TermsContract {
        Terms() {
            super(BACKEND);
        }
    }

    @Nested
    final class Renewals extends RenewalContract {
        Renewals() {
            super(BACKEND);
        }
    }

    @Nested
    final class Withdrawals extends WithdrawalContract {
        Withdrawals() {
            super(BACKEND);
        }
    }

    @Nested
    final class Erasing extends ErasureContract {
        Erasing() {
            super(BACKEND);
        }
    }

    @Nested
    final class Proofs extends ProofContract {
        Proofs() {
            super(BACKEND);
        }
    }

    @Nested
    final class Lookups extends LookupContract {
        Lookups() {
            super(BACKEND);
        }
    }

    @Nested
    final class Searches extends SearchContract {
        Searches() {
            super(BACKEND);
        }
    }

    @Nested
    final class CaseFiles extends CaseFileContract {
        CaseFiles() {
            super(BACKEND);
        }
    }

    @Nested
    final class Concurrency extends ConcurrencyContract {
        Concurrency() {
            super(BACKEND);
        }
    }
}

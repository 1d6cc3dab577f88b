package uz.koprik.indicators.store.elasticsearch;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import uz.koprik.crypto.Sha256;
import uz.koprik.indicators.store.AppendContract;
import uz.koprik.indicators.store.CaseFileContract;
import uz.koprik.indicators.store.ConcurrencyContract;
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
import uz.koprik.indicators.store.elasticsearch.client.ElasticOptions;

/** The contracts of all stores, on a real cluster. */
public final class ElasticStoreTest {

    /** Small groups, so that batches fall into several commits. */
    public static ElasticOptions options(URI url, String prefix) {
        return new ElasticOptions(
                List.of(url),
                Optional.empty(),
                new ElasticOptions.Login.Nobody(),
                prefix,
                1,
                0,
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                Duration.ofMillis(100),
                64 << 10,
                1 << 20);
    }

    private static ElasticOptions options(Path name) throws IOException {
        return options(
                ElasticNode.shared().url(),
                "t"
                        + Sha256.hex(name.toString().getBytes(StandardCharsets.UTF_8))
                                .substring(0, 20));
    }

    static final StoreBackend BACKEND = new StoreBackend() {
        @Override
        public InternalStore open(Path name) throws IOException {
            return ElasticStore.open(options(name));
        }

        @Override
        public void restore(Path snapshot, Path name) throws IOException {
            ElasticStore.restore(snapshot, options(name));
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

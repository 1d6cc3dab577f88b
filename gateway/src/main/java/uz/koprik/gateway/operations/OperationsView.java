package uz.koprik.gateway.operations;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import uz.koprik.gateway.cases.WatchedFolders;
import uz.koprik.gateway.renewal.Expiry;
import uz.koprik.indicators.wording.Sentence;

/**
 * How a centre is run; the schema {@code Operations}.
 *
 * @param at the moment of the figures
 * @param started when this gateway began to answer
 * @param missing the parts that could not be read now
 */
record OperationsView(
        String centre,
        String version,
        String at,
        String started,
        Health health,
        Clock clock,
        Store store,
        Disk disk,
        List<Limit> limits,
        List<AccountLines.AccountLine> accounts,
        List<WarningListLine> warningLists,
        List<Watched> watched,
        Backups backups,
        List<End> expiries,
        List<String> missing) {

    /**
     * Whether it can serve, and why not.
     *
     * @param reasonCodes the reasons for programs, in the same order
     */
    record Health(boolean ready, List<String> reasons, List<Code> reasonCodes) {

        static Health of(List<Sentence> reasons) {
            return new Health(
                    reasons.isEmpty(),
                    reasons.stream().map(Sentence::text).toList(),
                    reasons.stream().map(Code::of).toList());
        }
    }

    /** A sentence for programs; the schema {@code TroubleCode}. */
    record Code(String code, Map<String, String> details) {

        static Code of(Sentence trouble) {
            return new Code(trouble.code(), trouble.detailsOrNull());
        }
    }

    /** The clock of the machine. */
    record Clock(String zone, String trouble, String troubleCode, Map<String, String> troubleDetails) {

        static Clock of(String zone, Sentence trouble) {
            return new Clock(zone, trouble.textOrNull(), trouble.codeOrNull(), trouble.detailsOrNull());
        }
    }

    /** The store; the journal is absent where there is none. */
    record Store(
            String kind, Long entries, Long bytes, String lastAdded, String journalChecked, Boolean journalDamaged) {}

    /** The disk of the home. */
    record Disk(long free, long size) {}

    /**
     * How often a limit was hit since this gateway started.
     *
     * @param what a word, such as {@code turned_away}
     * @param why the reason, where there are several
     */
    record Limit(String what, String why, long count) {}

    /** A warning list in force. */
    record WarningListLine(String name, long version, long entries, String modified) {}

    /** A watched folder. */
    record Watched(
            String folder,
            String mapping,
            String account,
            int waiting,
            String trouble,
            String troubleCode,
            Map<String, String> troubleDetails) {

        static Watched of(WatchedFolders.State folder) {
            Sentence trouble = folder.trouble().orElse(Sentence.NONE);
            return new Watched(
                    folder.folder().toString(),
                    folder.mapping(),
                    folder.account(),
                    folder.waiting(),
                    trouble.textOrNull(),
                    trouble.codeOrNull(),
                    trouble.detailsOrNull());
        }
    }

    /** The scheduled backups. */
    record Backups(
            boolean scheduled,
            Long intervalSeconds,
            boolean working,
            String trouble,
            String troubleCode,
            Map<String, String> troubleDetails,
            List<Stored> stored) {}

    /** A backup. */
    record Stored(String file, String made, long bytes, boolean checked) {}

    /** What ends here or at a partner; the schema {@code Expiry}. */
    record End(String what, String of, String at, boolean ended, String warning, String warningCode) {

        static End of(Expiry end, Instant now) {
            boolean near = end.near(now);
            return new End(
                    end.kind().word(),
                    end.of(),
                    end.at().toString(),
                    end.ended(now),
                    near ? end.sentence(now) : null,
                    near ? end.advice().word() : null);
        }
    }

    /** The meters that count hits of limits, by the word for each. */
    static final Map<String, String> LIMITS = Map.of(
            "koprik.http.turned.away", "turned_away",
            "koprik.http.bodies.late", "late_bodies",
            "koprik.http.connections.closed", "closed_connections",
            "koprik.sign.ins.failed", "failed_sign_ins",
            "koprik.intake.evidence.not.kept", "evidence_not_kept",
            "koprik.thread.failures", "thread_failures");
}

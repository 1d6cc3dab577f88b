package uz.koprik.gateway.api.cases;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import uz.koprik.gateway.api.common.MatchView;
import uz.koprik.gateway.api.common.SentenceView;
import uz.koprik.gateway.api.common.Times;
import uz.koprik.gateway.api.common.UnprovenView;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.indicators.cases.CaseChange;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseMerge;
import uz.koprik.indicators.cases.CaseNote;
import uz.koprik.indicators.cases.CaseObservable;
import uz.koprik.indicators.cases.CaseShare;
import uz.koprik.indicators.cases.Loss;
import uz.koprik.indicators.cases.MergeRemark;
import uz.koprik.indicators.wording.Sentence;

/** A case file; the schema {@code CaseFile} says what each part is. */
record CaseView(
        String number,
        String title,
        String type,
        String status,
        String summary,
        String unit,
        String opened,
        String closed,
        String id,
        String version,
        List<CaseValueView> values,
        List<LossView> losses,
        List<String> incidents,
        List<String> cases,
        List<NoteView> notes,
        List<ShareView> shares,
        List<MergeView> merged,
        MergedIntoView mergedInto,
        UnprovenView unproven) {

    /** A value of a case; the schema {@code CaseValue}. */
    record CaseValueView(String kind, String value, String role, String note, String fromCase) {

        static CaseValueView of(CaseObservable observable) {
            return of(observable, List.of());
        }

        /** @param merged of the case, which says from where it came */
        static CaseValueView of(CaseObservable observable, List<CaseMerge> merged) {
            String key = observable.observable().key();
            return new CaseValueView(
                    observable.observable().kind().code(),
                    observable.observable().value(),
                    observable.role().map(CaseObservable.Role::word).orElse(null),
                    absent(observable.note()),
                    from(merged, one -> one.values().contains(key)));
        }
    }

    /** A loss; the schema {@code Loss}. */
    record LossView(String amount, String currency, String note) {

        static LossView of(Loss loss) {
            return new LossView(loss.amount().toPlainString(), loss.currency(), absent(loss.note()));
        }
    }

    /** A note; the schema {@code CaseNote}. */
    record NoteView(String author, String written, String text, String fromCase) {

        static NoteView of(CaseNote note, String fromCase) {
            return new NoteView(note.author(), note.written().toString(), note.text(), fromCase);
        }
    }

    /** What was shared of a case; the schema {@code CaseShare}. */
    record ShareView(
            String by,
            String at,
            String tlp,
            String parts,
            List<String> objects,
            List<WithdrawalView> withdrawals,
            String fromCase) {

        static ShareView of(CaseShare share, String fromCase) {
            return new ShareView(
                    share.by(),
                    share.at().toString(),
                    share.tlp().label(),
                    share.parts(),
                    share.objects(),
                    share.withdrawals().isEmpty()
                            ? null
                            : share.withdrawals().stream()
                                    .map(WithdrawalView::of)
                                    .toList(),
                    fromCase);
        }
    }

    /** What was taken back of a share; the schema {@code ShareWithdrawal}. */
    record WithdrawalView(String by, String at, List<String> objects) {

        static WithdrawalView of(CaseShare.Withdrawal one) {
            return new WithdrawalView(one.by(), one.at().toString(), one.objects());
        }
    }

    /** A case that was merged into this one; the schema {@code MergedCase}. */
    record MergeView(
            String number, String id, String by, String at, List<String> remarks, List<SentenceView> remarkCodes) {

        static MergeView of(CaseMerge one) {
            return new MergeView(
                    one.number(),
                    one.id(),
                    one.by(),
                    one.at().toString(),
                    one.remarks().isEmpty() ? null : one.remarks(),
                    one.remarks().isEmpty() ? null : codes(one.remarks()));
        }
    }

    /** What programs know of the remarks on a merge, in their order; the schema {@code MergeRemark}. */
    static List<SentenceView> codes(List<String> remarks) {
        return remarks.stream()
                .map(words -> SentenceView.of(Sentence.recognised(MergeRemark.values(), words)))
                .toList();
    }

    /** Into which case this one was merged; the schema {@code MergedInto}. */
    record MergedIntoView(String number, String id, String by, String at) {

        static MergedIntoView of(CaseMerge one) {
            return new MergedIntoView(one.number(), one.id(), one.by(), one.at().toString());
        }
    }

    /** Case files; the schema {@code CaseList}. */
    record Many(List<CaseView> cases, String next) {}

    /** A case after a change; the schema {@code CaseAnswer}. */
    record CaseAnswer(@JsonProperty("case") CaseView file, List<MatchView> matches, List<RefusedValue> refused) {}

    /** A value that was not taken; the schema {@code RefusedValue}. */
    record RefusedValue(String where, String reason) {}

    /** How a case came to be what it is; the schema {@code CaseHistory}. */
    record History(String number, List<StepView> versions, List<History> merged) {}

    /** One version; the schema {@code CaseVersion}. */
    record StepView(String version, String at, String by, List<ChangeView> changes, UnprovenView unproven) {

        static StepView of(CaseService.Step step, Trust trust) {
            return new StepView(
                    Times.text(step.version()),
                    Times.text(step.at()),
                    step.by(),
                    step.changes().stream().map(ChangeView::of).toList(),
                    UnprovenView.of(trust, step.entry()));
        }
    }

    /** One difference; the schema {@code CaseDifference}. */
    record ChangeView(String part, String from, String to) {

        static ChangeView of(CaseChange change) {
            return new ChangeView(change.part(), absent(change.from()), absent(change.to()));
        }
    }

    static CaseView of(CaseService.StoredCase stored, Trust trust) {
        CaseFile file = stored.file();
        return new CaseView(
                file.number(),
                file.title(),
                file.crimeType(),
                file.status().name().toLowerCase(Locale.ROOT),
                absent(file.summary()),
                absent(file.ownerUnit()),
                file.opened().toString(),
                file.closed().map(Object::toString).orElse(null),
                stored.object().id(),
                Times.text(stored.object().version()),
                file.observables().stream()
                        .map(one -> CaseValueView.of(one, file.merged()))
                        .toList(),
                file.losses().stream().map(LossView::of).toList(),
                file.incidents(),
                file.cases(),
                IntStream.range(0, file.notes().size())
                        .mapToObj(i -> NoteView.of(file.notes().get(i), from(file.merged(), one -> one.notes()
                                .has(i))))
                        .toList(),
                IntStream.range(0, file.shares().size())
                        .mapToObj(i -> ShareView.of(file.shares().get(i), from(file.merged(), one -> one.shares()
                                .has(i))))
                        .toList(),
                file.merged().isEmpty()
                        ? null
                        : file.merged().stream().map(MergeView::of).toList(),
                file.mergedInto().map(MergedIntoView::of).orElse(null),
                stored.entry().map(entry -> UnprovenView.of(trust, entry)).orElse(null));
    }

    /** The number of the merged case from which something came; null when it is the case's own. */
    private static String from(List<CaseMerge> merged, Predicate<CaseMerge> came) {
        return merged.stream().filter(came).map(CaseMerge::number).findFirst().orElse(null);
    }

    private static String absent(String text) {
        return text.isEmpty() ? null : text;
    }
}

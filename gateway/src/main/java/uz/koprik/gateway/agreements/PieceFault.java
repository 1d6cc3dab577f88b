package uz.koprik.gateway.agreements;

import java.util.Optional;
import java.util.stream.Stream;
import uz.koprik.indicators.wording.Sentence;
import uz.koprik.indicators.wording.SentenceForm;
import uz.koprik.indicators.wording.SentenceKind;

/** Why a centre does not take a signed piece of another one. */
public enum PieceFault implements SentenceKind {
    UNKNOWN_SENDER("{partner} is on the trust list no more"),
    /** There are too many already. */
    FULL("{error}"),
    TOO_LARGE("a text or notice has at most {bytes} bytes"),
    /** It breaks rules of its form. */
    INVALID("{error}"),
    /** Its signature does not hold. */
    SIGNATURE("{error}"),
    OTHER_GROUP("the parties do not include both {partner} and this centre"),
    OTHER_PAIR("the parties are not {partner} and this centre"),
    FUTURE_VERSION("the version is of the future; one of the two clocks is wrong"),
    OTHER_CREATION("another version of this agreement has another creation time"),
    OTHER_PARTIES("another version of this agreement has other parties"),
    UNKNOWN_VERSION("no version with this digest is here: the text was changed, or its proposer did not send it"),
    OTHER_AGREEMENT("the version with this digest belongs to another agreement"),
    NO_PARTY("this is no party of the agreement"),
    NOT_ALLOWED("this party cannot {act} the version"),
    FUTURE_NOTICE("the notice is of the future; one of the two clocks is wrong"),
    TOO_EARLY("article 8 asks for {count} days between notice and end");

    @SuppressWarnings("ImmutableEnumChecker") // SentenceForm never changes.
    private final SentenceForm form;

    PieceFault(String form) {
        this.form = new SentenceForm(form, "partner", "act", "bytes", "count");
    }

    @Override
    public SentenceForm form() {
        return form;
    }

    /**
     * What a partner said of a piece.
     *
     * @param code the word of the fault; empty from earlier versions, which say the sentence alone
     */
    static Sentence of(Optional<String> code, String reason) {
        PieceFault[] kinds = Stream.of(values())
                .filter(kind -> kind.word().equals(code.orElse("")))
                .toArray(PieceFault[]::new);
        return kinds.length == 0
                ? Sentence.read(values(), reason)
                : kinds[0].form
                        .read(reason)
                        .map(details -> new Sentence(kinds[0].word(), details, reason))
                        .orElseGet(() -> Sentence.other(reason));
    }
}

package uz.koprik.gateway.agreements;

import java.util.List;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.rules.Fault;

/** An act or a piece that is not taken: what is wrong, where, and what to do. */
public final class AgreementRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String pointer;
    private final transient List<Fault> faults;

    /** Why. */
    public enum Kind {
        /** There is no such partner or agreement. */
        ABSENT,
        /** The text breaks a rule. */
        INVALID,
        /** The text is good, and does not fit what is there now. */
        CONFLICT
    }

    AgreementRefused(Kind kind, String pointer, String message) {
        this(kind, pointer, message, List.of());
    }

    /** A text that breaks rules. */
    AgreementRefused(InvalidObject invalid) {
        this(
                Kind.INVALID,
                invalid.faults().getFirst().pointer(),
                invalid.faults().getFirst().rule(),
                invalid.faults());
    }

    private AgreementRefused(Kind kind, String pointer, String message, List<Fault> faults) {
        super(message);
        this.kind = kind;
        this.pointer = pointer;
        this.faults = List.copyOf(faults);
    }

    /** Each rule that a text breaks; empty when it is not about a text. */
    public List<Fault> faults() {
        return faults;
    }

    public Kind kind() {
        return kind;
    }

    /** JSON pointer (RFC 6901) of what is wrong; empty for the whole. */
    public String pointer() {
        return pointer;
    }
}

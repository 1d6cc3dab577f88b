package uz.koprik.indicators.stix;

import java.util.List;
import java.util.stream.Collectors;
import uz.koprik.indicators.stix.rules.Fault;

/** An object that is not STIX 2.1 as this centre takes it; says everything that is wrong with it at once. */
public final class InvalidObject extends Exception {

    private static final long serialVersionUID = 1L;

    /** How many faults the message spells out; {@link #faults()} has all of them. */
    private static final int SPELT_OUT = 5;

    private final List<Fault> faults;

    public InvalidObject(List<Fault> faults) {
        super(message(faults));
        this.faults = List.copyOf(faults);
    }

    public InvalidObject(Fault fault) {
        this(List.of(fault));
    }

    /** All faults found, at least one. */
    public List<Fault> faults() {
        return faults;
    }

    private static String message(List<Fault> faults) {
        String first = faults.stream().limit(SPELT_OUT).map(Fault::toString).collect(Collectors.joining("; "));
        int more = faults.size() - SPELT_OUT;
        return more > 0 ? first + "; and " + more + " more" : first;
    }
}

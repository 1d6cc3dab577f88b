package uz.koprik.indicators.observable.text;

import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.observable.Observable;

/**
 * A value found in a text. It is sure, or doubtful for a reason.
 *
 * @param observable what it is
 * @param start first character of it in the text
 * @param end one past its last character
 * @param port the port that stood after an address or a name; {@code 192.0.2.1:443} is the address at port 443
 * @param remarks why it is doubtful, and what else is to be said of it
 */
public record RecognisedValue(Observable observable, int start, int end, Optional<Integer> port, List<Remark> remarks) {

    public RecognisedValue {
        remarks = List.copyOf(remarks);
    }

    /** A sure value of which nothing is to be said. */
    public RecognisedValue(Observable observable, int start, int end, Optional<Integer> port) {
        this(observable, start, end, port, List.of());
    }

    /** Whether a person must say that the value is meant before it is signed. */
    public boolean doubtful() {
        for (Remark remark : remarks) {
            if (remark.doubtful()) {
                return true;
            }
        }
        return false;
    }

    /** Why it is doubtful, in words; empty when it is sure. */
    public Optional<String> doubt() {
        return remarks.stream().filter(Remark::doubtful).map(Remark::reason).findFirst();
    }

    /** The same in another part of the text. */
    RecognisedValue at(int newStart, int newEnd) {
        return new RecognisedValue(observable, newStart, newEnd, port, remarks);
    }

    /** The same with one more remark, unless it has it. */
    RecognisedValue with(Remark remark) {
        if (remarks.contains(remark)) {
            return this;
        }
        List<Remark> all = new java.util.ArrayList<>(remarks);
        all.add(remark);
        return new RecognisedValue(observable, start, end, port, all);
    }

    /** The same, which a word before it made sure. */
    RecognisedValue without(Remark remark) {
        return remarks.contains(remark)
                ? new RecognisedValue(
                        observable,
                        start,
                        end,
                        port,
                        remarks.stream().filter(one -> one != remark).toList())
                : this;
    }
}

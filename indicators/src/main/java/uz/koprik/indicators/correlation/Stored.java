package uz.koprik.indicators.correlation;

import java.nio.ByteBuffer;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.store.Entry;

/** Reads what the store holds, which was checked when it came. */
final class Stored {

    private Stored() {}

    static StixObject object(Entry entry) {
        ByteBuffer buffer = entry.object();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        try {
            return StixReader.read(bytes);
        } catch (InvalidObject damaged) {
            throw new IllegalStateException("the store holds an object that is none: " + entry.facts().id(), damaged);
        }
    }
}

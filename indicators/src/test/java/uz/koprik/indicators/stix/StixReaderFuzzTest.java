package uz.koprik.indicators.stix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import uz.koprik.indicators.stix.values.SignatureExtension;

class StixReaderFuzzTest {

    /** After any change, an object is read or refused with a reason. An object that was read is read the same again. */
    @Property(tries = 2000)
    void readsOrRefuses(@ForAll @IntRange(max = 500) int at, @ForAll byte with, @ForAll @IntRange(max = 20) int cut)
            throws InvalidObject {
        byte[] bytes = Samples.indicator("x", "x");
        int place = at % bytes.length;
        bytes[place] = with;
        byte[] changed = new byte[bytes.length - Math.min(cut, bytes.length - place)];
        System.arraycopy(bytes, 0, changed, 0, place);
        System.arraycopy(bytes, bytes.length - (changed.length - place), changed, place, changed.length - place);
        StixObject object;
        try {
            object = StixReader.read(changed);
        } catch (InvalidObject e) {
            assertFalse(e.faults().isEmpty());
            assertFalse(e.getMessage().isBlank());
            return;
        }
        assertEquals(
                object.digest(),
                StixReader.read(SignatureExtension.attach(object.json(), Samples.SIGNER, Samples.NOW))
                        .digest());
    }
}

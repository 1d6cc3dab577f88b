package uz.koprik.indicators.fuzz;

import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.indicators.observable.extraction.ObservableExtraction;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;

/** The STIX reader with all its rules: what it takes it takes again in canonical form, as the same object. */
public final class StixTarget {

    private StixTarget() {}

    /** Called by Jazzer once; loads classes before the time of any input is measured. */
    public static void fuzzerInitialize() throws InvalidObject {
        for (byte[] seed : Seeds.of(StixTarget.class)) {
            tryOut(seed);
        }
    }

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) throws InvalidObject {
        long begun = Findings.processorTime();
        tryOut(input);
        Findings.checkTime(begun);
    }

    private static void tryOut(byte[] input) throws InvalidObject {
        StixObject object;
        try {
            object = StixReader.read(input);
        } catch (InvalidObject e) {
            Findings.check(!e.faults().isEmpty() && !e.getMessage().isBlank(), "a refusal without a fault");
            return;
        }
        StixObject again = StixReader.read(CanonicalJson.bytes(object.json()));
        Findings.check(object.digest().equals(again.digest()), "the digest changes with the way of writing");
        Findings.check(object.version() == again.version(), "the version changes with the way of writing");
        ObservableExtraction.of(object.json());
    }
}

package uz.koprik.indicators.translate.export;

import java.io.IOException;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.StixObject;

/** Writes an export object by object, keeping none of them. For one thread. */
public interface ExportWriter {

    /**
     * Writes what the format can say of an object and lists the rest. Objects that are not in force are skipped.
     *
     * @param tlp the marking in force for it, which may be stricter than its own
     */
    void write(StixObject object, Tlp tlp) throws IOException;

    /** Writes the end, without which the export is not complete. */
    void finish() throws IOException;
}

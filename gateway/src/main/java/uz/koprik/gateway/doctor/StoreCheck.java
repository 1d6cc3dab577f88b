package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import uz.koprik.gateway.centre.StoreOpener;
import uz.koprik.gateway.centre.StoreReport;
import uz.koprik.gateway.config.ConfigException;

/** The journal holds what was acknowledged, and the index is one that this version uses as it is. */
final class StoreCheck implements DoctorCheck {

    /** The next start reads this number of entries in a few seconds. */
    private static final long MANY = 100_000;

    private static final String INDEX = "index";

    @Override
    public String what() {
        return "store";
    }

    @Override
    public List<Finding> look(Examined examined) throws ConfigException {
        if (!examined.ownStore()) {
            return List.of(Finding.ok(what(), "is a cluster, which a gateway checks when it starts"));
        }
        StoreReport report;
        try {
            report = StoreOpener.inspect(examined.home(), examined.config());
        } catch (IOException unusable) {
            return List.of(Finding.sentence(Finding.Level.ERROR, what(), String.valueOf(unusable.getMessage()), ". "));
        }
        List<Finding> found = new ArrayList<>();
        found.add(Finding.ok(what(), report.words()));
        report.markTrouble()
                .ifPresent(trouble -> found.add(
                        Finding.warning(what(), trouble, "start the centre, which makes it anew from the journal")));
        List<String> troubles = report.indexTroubles(MANY);
        for (String trouble : troubles) {
            found.add(Finding.warning(
                    INDEX,
                    trouble,
                    "start the centre, which makes the index up to date from the journal; allow for some minutes per"
                            + " million entries"));
        }
        if (troubles.isEmpty()) {
            found.add(Finding.ok(INDEX, report.open() ? "a running centre uses it" : "this version uses it as it is"));
        }
        return found;
    }
}

package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.HomeFormat;
import uz.koprik.gateway.config.HomeManifest;

/** {@code koprik.yaml}, {@code partners.yaml} and the format of the home can be read. */
final class SettingsCheck implements DoctorCheck {

    private static final String FORMAT = "format";

    @Override
    public String what() {
        return "settings";
    }

    @Override
    public List<Finding> look(Examined examined) throws IOException {
        List<Finding> found = new ArrayList<>();
        try {
            found.add(Finding.ok(
                    what(),
                    examined.home().config() + " can be read; the centre is "
                            + examined.config().name()));
            int partners = examined.partners().size();
            found.add(Finding.ok(what(), "partners.yaml can be read, and has " + partners + " sections"));
        } catch (ConfigException wrong) {
            found.add(Finding.error(
                    what(), wrong.getMessage(), "correct that line; the setting's comment says its form"));
        }
        try {
            found.add(HomeFormat.problem(new HomeManifest(examined.home()))
                    .map(problem -> Finding.sentence(Finding.Level.ERROR, FORMAT, problem, ": "))
                    .orElse(Finding.ok(FORMAT, "this version reads the format of the home")));
        } catch (ConfigException damaged) {
            // The check of files says what is wrong with the manifest.
            found.add(Finding.sentence(Finding.Level.ERROR, FORMAT, damaged.getMessage(), "; "));
        }
        return found;
    }
}

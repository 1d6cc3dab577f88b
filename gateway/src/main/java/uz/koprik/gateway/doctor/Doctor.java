package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import uz.koprik.crypto.algorithm.SigningUnavailable;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.gateway.centre.StartFailure;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.store.StoreUnavailable;

/** Examines a centre, running or not, and changes nothing. */
public final class Doctor {

    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final String AGAIN = "mend that, and run `koprik doctor` again";

    /** A further check is a class and a line here. */
    private static final List<DoctorCheck> CHECKS = List.of(
            new SettingsCheck(),
            new PermissionsCheck(),
            new FilesCheck(),
            new KeyCheck(),
            new TokenCheck(),
            new CertificateCheck(),
            new CardCheck(),
            new TrustListCheck(),
            new ExpiryCheck(),
            new StoreCheck(),
            new DiskCheck(),
            new RunningCheck(),
            new ListenCheck(),
            new LimitsCheck(),
            new ClockCheck(),
            new PartnerCheck(),
            new PartnerCheck.Agreements(),
            new FeedCheck(),
            new WebhookCheck(),
            new AccountCheck(),
            new AccessRecordCheck(),
            new WarningListCheck(),
            new BackupCheck(),
            new ProviderCheck());

    private final Home home;
    private final InstantSource clock;
    private final Machine machine;

    public Doctor(Home home, InstantSource clock, Machine machine) {
        this.home = home;
        this.clock = clock;
        this.machine = machine;
    }

    /** Runs all checks, one after the other. What one exception keeps several checks from seeing is said once. */
    public List<Finding> examine() {
        Examined examined = new Examined(home, clock, machine, PATIENCE);
        List<Finding> all = new ArrayList<>();
        Set<String> said = new HashSet<>();
        for (DoctorCheck check : CHECKS) {
            try {
                all.addAll(check.look(examined));
            } catch (UncheckedIOException unusable) {
                add(check, unusable.getMessage() + ": " + unusable.getCause().getMessage(), said, all);
            } catch (SigningUnavailable away) {
                add(check, away.getMessage(), said, all);
            } catch (IOException | ConfigException | StartFailure | TrustListRejected | StoreUnavailable wrong) {
                add(check, String.valueOf(wrong.getMessage()), said, all);
            }
        }
        return all;
    }

    private static void add(DoctorCheck check, String message, Set<String> said, List<Finding> all) {
        if (said.add(message)) {
            all.add(Finding.error(check.what(), message, AGAIN));
        }
    }
}

package uz.koprik.gateway.cli.centre;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import uz.koprik.gateway.accessrecord.AccessRecord;
import uz.koprik.gateway.alerts.log.AlertPosition;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.HomeFiles;
import uz.koprik.gateway.config.HomeManifest;

/** Takes the files of a home as they are as right, since an operator has looked at them. */
final class AcceptedFiles {

    private AcceptedFiles() {}

    /**
     * Writes the manifest anew. What the journal lost is not taken.
     *
     * @return the manifest
     */
    static Path record(Home home) throws IOException, ConfigException {
        Config config = ConfigFile.read(home.config());
        HomeManifest manifest = new HomeManifest(home);
        Map<String, Long> numbers = new TreeMap<>();
        if (config.store().kind() == Config.StoreKind.LUCENE) {
            try {
                manifest.read()
                        .ifPresent(now -> numbers.put(HomeManifest.STORE_SEQ, now.number(HomeManifest.STORE_SEQ)));
            } catch (ConfigException damaged) {
                numbers.clear(); // the journal's own mark knows its end as well
            }
        }
        HomeFiles.trustSequence(home.root()).ifPresent(number -> numbers.put(HomeManifest.TRUST_SEQUENCE, number));
        AlertPosition.read(home.state()).ifPresent(alerts -> numbers.put(HomeManifest.ALERTS_LAST, alerts.last()));
        numbers.put(HomeManifest.ACCESS_LAST, AccessRecord.marked(home.access()));
        manifest.record(numbers);
        return manifest.path();
    }
}

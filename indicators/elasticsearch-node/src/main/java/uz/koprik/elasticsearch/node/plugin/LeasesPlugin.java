package uz.koprik.elasticsearch.node.plugin;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.elasticsearch.cluster.metadata.ProjectMetadata;
import org.elasticsearch.common.compress.CompressedXContent;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.IndexMode;
import org.elasticsearch.index.IndexService;
import org.elasticsearch.index.IndexSettingProvider;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.IndexVersion;
import org.elasticsearch.plugins.Plugin;

/**
 * Lets a node say how often the copies of a shard agree on what they keep for one another: {@code leases.sync}, as long
 * as the vendor's 30 s by default. An erasure waits that long, so tests of other things than this make it short.
 */
public final class LeasesPlugin extends Plugin {

    private static final Setting<TimeValue> SYNC = Setting.timeSetting(
            "leases.sync", TimeValue.timeValueSeconds(30), TimeValue.timeValueMillis(100), Setting.Property.NodeScope);

    @Override
    public List<Setting<?>> getSettings() {
        return List.of(SYNC, IndexService.RETENTION_LEASE_SYNC_INTERVAL_SETTING);
    }

    @Override
    public Collection<IndexSettingProvider> getAdditionalIndexSettingProviders(
            IndexSettingProvider.Parameters parameters) {
        TimeValue sync = SYNC.get(parameters.clusterService().getSettings());
        return List.of(new EachIndex(sync));
    }

    private record EachIndex(TimeValue sync) implements IndexSettingProvider {

        @Override
        public void provideAdditionalSettings(
                String index,
                String dataStream,
                IndexMode mode,
                ProjectMetadata project,
                Instant resolved,
                Settings asked,
                List<CompressedXContent> mappings,
                IndexVersion version,
                Settings.Builder additional) {
            additional.put(IndexService.RETENTION_LEASE_SYNC_INTERVAL_SETTING.getKey(), sync);
            // The client cannot read the settings of leases without this one beside the other.
            Setting<TimeValue> period = IndexSettings.INDEX_SOFT_DELETES_RETENTION_LEASE_PERIOD_SETTING;
            additional.put(period.getKey(), period.get(asked));
        }
    }
}

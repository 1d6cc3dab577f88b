package uz.koprik.gateway.api;

import java.util.List;
import java.util.function.Supplier;
import uz.koprik.gateway.alerts.Alerts;
import uz.koprik.gateway.api.cases.CaseContentRoutes;
import uz.koprik.gateway.api.cases.CaseImportRoutes;
import uz.koprik.gateway.api.cases.CaseMappingRoutes;
import uz.koprik.gateway.api.cases.CaseRelationRoutes;
import uz.koprik.gateway.api.cases.CaseRoutes;
import uz.koprik.gateway.api.cases.CaseShareRoutes;
import uz.koprik.gateway.api.cases.MatchRoutes;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.documents.DocumentRoutes;
import uz.koprik.gateway.api.documents.DocumentValueRoutes;
import uz.koprik.gateway.api.misp.MispFeedRoutes;
import uz.koprik.gateway.api.objects.GraphRoutes;
import uz.koprik.gateway.api.objects.ObjectRoutes;
import uz.koprik.gateway.api.objects.ProofRoutes;
import uz.koprik.gateway.api.objects.RemarkRoutes;
import uz.koprik.gateway.api.objects.RevocationRoutes;
import uz.koprik.gateway.api.objects.SubmitRoutes;
import uz.koprik.gateway.api.objects.VerdictRoutes;
import uz.koprik.gateway.api.search.SavedSearchRoutes;
import uz.koprik.gateway.api.search.SearchFieldRoutes;
import uz.koprik.gateway.api.search.SearchRoutes;
import uz.koprik.gateway.api.search.ValueRoutes;
import uz.koprik.gateway.api.transfer.ClusterRoutes;
import uz.koprik.gateway.api.transfer.ExportRoutes;
import uz.koprik.gateway.api.transfer.ImportJobRoutes;
import uz.koprik.gateway.api.transfer.ImportJobs;
import uz.koprik.gateway.api.transfer.ImportRoutes;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.correlation.PatternCache;
import uz.koprik.indicators.store.StoreStatus;

/** All routes of the analyst API: the one visible list of them. */
public final class AnalystApi {

    private AnalystApi() {}

    /** Routes for everybody. */
    public static List<Routes> open() {
        return List.of(new DescriptionRoutes());
    }

    /** Authenticated routes that read their body themselves, and so come before bodies are read. */
    public static List<Routes> streaming(AnalystServices services, ImportJobs imports) {
        return List.of(
                new ImportRoutes(services),
                new ImportJobRoutes(services, imports),
                new CaseImportRoutes(services),
                new DocumentRoutes(services));
    }

    /**
     * All other authenticated routes.
     *
     * @param version of this program
     * @param store figures of the store
     * @param alerts figures of alerts
     */
    public static List<Routes> behind(
            AnalystServices services,
            String version,
            Supplier<StoreStatus> store,
            Supplier<Alerts.Figures> alerts,
            Supplier<PatternCache.Figures> patterns) {
        return List.of(
                new SubmitRoutes(services),
                new SearchFieldRoutes(services),
                new SearchRoutes(services),
                new SavedSearchRoutes(services),
                new ExportRoutes(services),
                new ValueRoutes(services),
                new MatchRoutes(services),
                new VerdictRoutes(services),
                new RevocationRoutes(services),
                new GraphRoutes(services),
                new BurstRoutes(services),
                new ClusterRoutes(services),
                new ProofRoutes(services),
                new RemarkRoutes(services),
                new ObjectRoutes(services),
                new CaseRoutes(services),
                new CaseContentRoutes(services),
                new CaseShareRoutes(services),
                new CaseRelationRoutes(services),
                new CaseMappingRoutes(services),
                new DocumentValueRoutes(services),
                new MispFeedRoutes(services),
                new RoleRoutes(),
                new StatusRoutes(services.localCentre().name(), version, store, alerts, patterns));
    }
}

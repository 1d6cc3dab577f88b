package uz.koprik.indicators.imports.layout;

import java.util.List;
import java.util.Map;

/**
 * Words of tables in further languages: French, Polish, Turkish, Spanish, Portuguese, Italian, Kazakh, Ukrainian,
 * Chinese and Japanese. Each is written as {@link TypeWords#bare} leaves it.
 */
final class LanguageWords {

    /**
     * Names of columns for one role.
     *
     * @param weak whether the cells must speak for it, too
     */
    record Names(ColumnRole role, boolean weak, String words) {}

    static final List<Names> HEADERS = List.of(
            new Names(
                    ColumnRole.VALUE,
                    false,
                    "indicateur indicateurs valeur observables wskaźnik wskaźniki wskaznik wartość wartosc gösterge gosterge"
                            + " göstergeler değer deger göstergedeğeri indicador indicadores valor indicatore indicatori valore"
                            + " мән мәні көрсеткіш індикатор індикатори значення показник 指标 指標 值 威胁指标 失陷指标 値"
                            + " インジケータ インジケーター"),
            new Names(
                    ColumnRole.KIND,
                    false,
                    "typedindicateur typeindicateur typeioc nature rodzaj typwskaźnika tür türü tip tipi göstergetürü tipo"
                            + " tipodeindicador tipodiindicatore түр түрі типіндикатора 类型 類型 种类 指标类型 種別 種類 タイプ"),
            new Names(
                    ColumnRole.NAME,
                    false,
                    "nom intitulé titre famille nazwa tytuł tytul rodzina ad adı isim başlık aile nombre título titulo familia"
                            + " nome titolo famiglia атауы атау аты назва імя 名称 名稱 标题 家族 名前 件名"),
            new Names(
                    ColumnRole.DESCRIPTION,
                    false,
                    "commentaire commentaires remarque remarques détails contexte opis komentarz uwagi açıklama açiklama aciklama"
                            + " yorum not notlar descripción descripcion comentario comentarios observaciones notas detalle detalles"
                            + " contexto descrição descricao comentário comentários observações descrizione commento commenti"
                            + " сипаттама сипаттамасы ескерту ескертпе түсініктеме опис коментар коментарі примітка примітки"
                            + " 描述 说明 說明 备注 備註 注释 説明 備考 コメント"),
            new Names(
                    ColumnRole.LABELS,
                    false,
                    "étiquettes étiquette etiquettes motsclés catégorie categorie etykiety etykieta tagi etiketler etiket"
                            + " kategori etiquetas etiqueta categoría categoria etichette etichetta белгілер тегтер санат"
                            + " санаты мітки мітка категорія 标签 標籤 分类 分類 タグ ラベル"),
            new Names(
                    ColumnRole.TLP,
                    false,
                    "marquage niveautlp oznaczenie poufność klauzula gizlilik işaretleme sınıflandırma marcado clasificación"
                            + " clasificacion classificação classificazione құпиялылық таңбасы маркування 密级 共享级别 共有範囲"
                            + " 取扱区分"),
            new Names(
                    ColumnRole.VALID_FROM,
                    false,
                    "datededébut datededebut datedébut valideàpartirde validedepuis valabledepuis premièreobservation"
                            + " premiereobservation datedajout datedecréation datededétection ważnyod waznyod ważneod datadodania"
                            + " datawykrycia pierwszaobserwacja geçerlilikbaşlangıcı geçerlilikbaslangici başlangıç başlangıçtarihi"
                            + " ilkgörülme ilkgörülmetarihi tarih tespittarihi válidodesde validodesde fecha fechadeinicio"
                            + " fechainicio primeraobservación fechadedetección fechadetección fechaderegistro validodal datadiinizio"
                            + " басталуы басталукүні күні анықталғанкүні дієз дійснийз датавиявлення 生效时间 首次发现"
                            + " 首次发现时间 发现时间 日期 有効開始日 初回検知 検知日 日付"),
            new Names(
                    ColumnRole.VALID_UNTIL,
                    false,
                    "datedefin datefin datedexpiration dateexpiration expirele expiele valablejusquau validejusquau validejusque"
                            + " findevalidité findevalidite ważnydo waznydo ważnedo datawygaśnięcia datawygasniecia wygasa"
                            + " terminważności geçerlilikbitişi geçerlilikbitiş geçerliliktarihi songeçerliliktarihi sonkullanmatarihi"
                            + " bitiş bitiştarihi geçerliliksüresi válidohasta validohasta fechadevencimiento fechavencimiento"
                            + " fechadeexpiración fechaexpiración fechadecaducidad vencimiento caduca caducidad fechafin fechadefin"
                            + " vigencia vigenciahasta hasta válidoaté validoate datadeexpiração validofinoal scadenza datadiscadenza"
                            + " аяқталуы аяқталукүні жарамдылықмерзімі мерзімі мерзімініңаяқталуы дійснийдо дієдо терміндії строкдії"
                            + " 失效时间 有效期 有效期至 过期时间 到期时间 有効期限 失効日 有効終了日"),
            new Names(
                    ColumnRole.CONFIDENCE,
                    false,
                    "confiance niveaudeconfiance pewność pewnosc wiarygodność güven guven güvendüzeyi confianza niveldeconfianza"
                            + " confiança confidenza affidabilità сенімділік сенімділігі достовірність впевненість 置信度 可信度 信頼度"
                            + " 確度"),
            new Names(
                    ColumnRole.REVOKED,
                    false,
                    "révoqué revoque retiré supprimé fauxpositif unieważniony wycofany fałszywypozytyw iptaledildi geriçekildi"
                            + " yanlışpozitif revocado retirado falsopositivo revocato керіқайтарылған күшіжойылған відкликано"
                            + " відкликаний хибнеспрацювання 已撤销 误报 誤検知"),
            new Names(
                    ColumnRole.REVOKED,
                    true,
                    "statut état etat estado stan durum durumu stato күйі мәртебесі стан 状态 狀態 状態 ステータス"),
            new Names(
                    ColumnRole.ACTIVE,
                    false,
                    "actif enactivité aktywny aktif etkin activo vigente ativo attivo белсенді активний чинний 是否有效"),
            new Names(ColumnRole.PORT, false, "puerto porta 端口 ポート"),
            new Names(
                    ColumnRole.FILE_NAME,
                    false,
                    "nomdefichier nomdufichier nazwapliku dosyaadı nombredearchivo nombredelarchivo nomefile файлатауы назвафайлу"
                            + " 文件名 ファイル名"));

    /** Codes of kinds, and the words for them. */
    static final String[][] TYPES = {
        {
            "ipv4 ipv6 cidr",
            "adresseip adressesip adresip adresyip ipadresi ipadresleri direcciónip direccionip direccionesip endereçoip"
                    + " indirizzoip ipмекенжайы ipмекенжай ipадреса ip地址 ipアドレス"
        },
        {
            "domain",
            "domaine domaines nomdedomaine nomdhôte domena domeny nazwadomeny alanadı alanadi dominio dominios"
                    + " nombrededominio domínio nomedominio домендікатау домендікатауы доменнеімя 域名 主机名 ドメイン ドメイン名 ホスト名"
        },
        {
            "url",
            "lien adresseweb adresurl adreswww urladresi bağlantı enlace direcciónurl direccionurl сілтеме посилання 网址 链接 リンク"
        },
        {
            "email",
            "courriel adressecourriel adresseemail adresemail pocztaelektroniczna eposta epostaadresi correo"
                    + " correoelectrónico correoelectronico indirizzoemail электрондыпошта електроннапошта 邮箱 电子邮件 邮件地址 メール メールアドレス"
        },
        {
            "md5 sha1 sha256 sha512 sha3-256 sha3-512 ssdeep tlsh",
            "empreinte empreintes hachage skrót skrótpliku özet dosyaözeti hashdelarchivo 哈希 哈希值 文件哈希 ハッシュ ハッシュ値"
        },
        {
            "phone",
            "téléphone numérodetéléphone numertelefonu telefonnumarası teléfono telefono númerodeteléfono numerodetelefono"
                    + " telefone телефоннөмірі номертелефону 电话 电话号码 手机号 電話 電話番号"
        },
        {
            "bank-account iban",
            "comptebancaire numérodecompte numerodecompte rachunek numerrachunku numerkonta hesapno hesapnumarası bankahesabı"
                    + " cuentabancaria númerodecuenta numerodecuenta шотнөмірі банкшоты номеррахунку 银行账户 银行账号 口座番号"
        },
        {
            "payment-card",
            "cartebancaire numérodecarte kartapłatnicza numerkarty kartnumarası kredikartı tarjeta númerodetarjeta"
                    + " numerodetarjeta 银行卡 银行卡号 カード番号"
        },
        {"wallet", "portefeuille portfel cüzdan monedero billetera гаманець 钱包 钱包地址 ウォレット"},
    };

    /** Markings by their colours, in upper case. */
    static final Map<String, List<String>> COLOURS = Map.of(
            "CLEAR", List.of("BLANC", "BIAŁY", "BEYAZ", "BLANCO", "BRANCO", "BIANCO", "АҚ", "БІЛИЙ", "白", "白色"),
            "GREEN", List.of("VERT", "VERDE", "ZIELONY", "YEŞİL", "YEŞIL", "ЖАСЫЛ", "ЗЕЛЕНИЙ", "绿", "绿色", "緑"),
            "AMBER",
                    List.of(
                            "AMBRE",
                            "ÁMBAR",
                            "ÂMBAR",
                            "AMBAR",
                            "AMBRA",
                            "ŻÓŁTY",
                            "BURSZTYNOWY",
                            "SARI",
                            "САРЫ",
                            "ЖОВТИЙ",
                            "БУРШТИНОВИЙ",
                            "黄",
                            "黄色",
                            "琥珀色"),
            "RED",
                    List.of(
                            "ROUGE",
                            "CZERWONY",
                            "KIRMIZI",
                            "ROJO",
                            "VERMELHO",
                            "ROSSO",
                            "ҚЫЗЫЛ",
                            "ЧЕРВОНИЙ",
                            "红",
                            "红色",
                            "赤",
                            "赤色"));

    static final String LOW = "faible bas basse niski niska düşük baja bajo baixa bassa төмен низька низький 低";
    static final String MEDIUM = "moyen moyenne średni średnia orta media medio média орташа середня середній 中";
    static final String HIGH = "élevé élevée haute wysoki wysoka yüksek alta alto жоғары висока високий 高";

    static final String YES = "oui tak evet sí si sì sim vrai prawda doğru verdadero иә ия так 是 はい";
    static final String NO = "non nie hayır faux fałsz yanlış falso não жоқ ні 否 いいえ";

    static final String ENDLESS =
            "jamais illimité bezterminowo süresiz indefinido nunca мерзімсіз безстроково 永久 无限期 無期限";
    static final String ENDED =
            "expiré expirée révoqué révoquée retiré inactif fauxpositif wygasły wygasła wycofany wycofana"
                    + " nieaktywny unieważniony geriçekildi süresidoldu pasif iptal iptaledildi yanlışpozitif expirado expirada revocado"
                    + " revocada retirado caducado inactivo falsopositivo vencido scaduto revocato күшіжойылды мерзіміөтті белсендіемес"
                    + " недійсний прострочений відкликаний неактивний 已过期 已撤销 失效 无效 误报 失効 期限切れ 無効";
    static final String IN_FORCE =
            "actif valide enactivité aktywny ważny aktif geçerli etkin activo vigente válido attivo valido"
                    + " белсенді жарамды активний дійсний чинний 有效 有効";

    static final String HARMLESS =
            "чисто чист чистая чистые безопасно безопасный безопасен безопасна неопасен неопасно sauber"
                    + " unbedenklich ungefährlich toza xavfsiz тоза хавфсиз tiszta biztonságos 안전 깨끗함 propre sain inoffensif czysty"
                    + " czyste nieszkodliwy bezpieczny temiz zararsız güvenli limpio inofensivo seguro pulito sicuro таза қауіпсіз"
                    + " чистий безпечний 安全 无害 無害";

    /** How the names of months begin, January first. */
    static final List<String> MONTHS = List.of(
            "ene sty oca қаң січ",
            "fév fev lut şub ақп лют",
            "нау бер",
            "avr abr kwi nis сәу кві",
            "maj мам тра",
            "juin cze haz мау чер",
            "juil lip tem шіл лип",
            "aoû aou ago sie ağu там сер",
            "wrz eyl қыр вер",
            "paź eki қаз жов",
            "lis kas қар лис",
            "déc dic gru ara жел гру");

    private LanguageWords() {}
}

-- What analysts ask of kpi_daily, one statement between blank lines, from plain sums to long chains of steps.

SELECT sum(spend) FROM kpi_daily

SELECT count(*) FROM kpi_daily

SELECT COUNT(DISTINCT campaign) AS campaigns FROM kpi_daily

SELECT DISTINCT platform FROM kpi_daily ORDER BY platform

SELECT min(date), max(date) FROM kpi_daily

SELECT * FROM kpi_daily ORDER BY spend DESC LIMIT 10

SELECT platform, SUM(spend) AS total_spend, SUM(revenue) AS total_revenue, SUM(revenue)/NULLIF(SUM(spend),0) AS roas FROM kpi_daily WHERE date BETWEEN '2026-10-01' AND '2026-10-31' GROUP BY platform ORDER BY roas DESC

SELECT campaign, SUM(spend) FROM kpi_daily WHERE platform = 'meta' AND country = 'DE' GROUP BY campaign HAVING SUM(spend) > 1000 ORDER BY 2 DESC

SELECT date_trunc('week', date) AS week, SUM(spend) AS spend FROM kpi_daily GROUP BY week ORDER BY week

SELECT date_trunc('month', date)::DATE AS month, SUM(spend) FROM kpi_daily GROUP BY ALL ORDER BY ALL

SELECT strftime(date, '%Y-%m') AS ym, SUM(clicks) FROM kpi_daily GROUP BY ym ORDER BY ym

SELECT strftime('%Y-%m', date) AS ym, SUM(clicks) FROM kpi_daily GROUP BY ym ORDER BY ym

SELECT strftime(date, '%A, %d %B %Y') AS d FROM kpi_daily LIMIT 3

SELECT dayname(date) AS weekday, AVG(spend) FROM kpi_daily GROUP BY weekday

SELECT extract(month FROM date) AS m, SUM(spend) FROM kpi_daily GROUP BY m ORDER BY m

SELECT extract(year FROM date) y, extract(quarter FROM date) q, SUM(spend) FROM kpi_daily GROUP BY ALL

SELECT extract(isodow FROM date) AS dow, SUM(conversions) FROM kpi_daily GROUP BY 1 ORDER BY 1

SELECT date_part('week', date) AS wk, SUM(spend) FROM kpi_daily GROUP BY 1

SELECT year(date), month(date), SUM(spend) FROM kpi_daily GROUP BY year(date), month(date)

SELECT yearweek(date) AS yw, sum(spend) FROM kpi_daily GROUP BY yw

SELECT monthname(date) AS m, sum(spend) FROM kpi_daily GROUP BY m

SELECT time_bucket(INTERVAL '7 days', date) AS b, sum(spend) FROM kpi_daily GROUP BY b ORDER BY b

SELECT time_bucket(INTERVAL 1 MONTH, date) AS b, sum(spend) FROM kpi_daily GROUP BY b ORDER BY b

SELECT time_bucket(INTERVAL '14 days', date, DATE '2026-08-03') AS b, sum(spend) FROM kpi_daily GROUP BY b ORDER BY b

SELECT date_add(date, INTERVAL 1 MONTH) FROM kpi_daily LIMIT 2

SELECT date_sub('day', DATE '2026-08-01', date) AS d, sum(spend) FROM kpi_daily GROUP BY d ORDER BY d LIMIT 5

SELECT date - INTERVAL '7 days' AS w FROM kpi_daily LIMIT 2

SELECT date - DATE '2026-08-01' AS n FROM kpi_daily LIMIT 2

SELECT sum(spend) FROM kpi_daily WHERE date >= CURRENT_DATE - INTERVAL '30 days'

SELECT sum(spend) FROM kpi_daily WHERE date >= date_trunc('month', current_date) - INTERVAL '1 month' AND date < date_trunc('month', current_date)

SELECT sum(spend) FROM kpi_daily WHERE date >= today() - 7

SELECT sum(spend) FROM kpi_daily WHERE date > now() - INTERVAL 90 DAY

SELECT sum(spend) FROM kpi_daily WHERE date = (SELECT max(date) FROM kpi_daily)

SELECT sum(spend) FROM kpi_daily WHERE date > (SELECT max(date) - INTERVAL 7 DAY FROM kpi_daily)

SELECT make_date(2026, 8, 1) AS d

SELECT sum(spend) FROM kpi_daily WHERE date BETWEEN make_date(2026, 8, 1) AND make_date(2026, 8, 31)

SELECT sum(spend) FROM kpi_daily WHERE date >= CAST('2026-10-01' AS DATE)

SELECT sum(spend) FROM kpi_daily WHERE date >= '2026-10-01'::date

SELECT sum(spend) FROM kpi_daily WHERE date >= DATE '2026-10-01'

SELECT sum(spend) FROM kpi_daily WHERE year(date) = 2026 AND month(date) IN (8, 9)

SELECT sum(spend) FROM kpi_daily WHERE dayofweek(date) IN (0, 6)

SELECT CASE WHEN dayofweek(date) IN (0,6) THEN 'weekend' ELSE 'weekday' END AS daytype, avg(spend) FROM kpi_daily GROUP BY 1

SELECT platform, ROUND(SUM(spend), 2) AS spend FROM kpi_daily GROUP BY platform

SELECT platform, ROUND(100.0 * SUM(spend) / (SELECT SUM(spend) FROM kpi_daily), 1) AS pct FROM kpi_daily GROUP BY platform

SELECT platform, SUM(spend) / SUM(SUM(spend)) OVER () AS share FROM kpi_daily GROUP BY platform

SELECT platform, country, SUM(spend) AS s, SUM(SUM(spend)) OVER (PARTITION BY platform) AS tot FROM kpi_daily GROUP BY platform, country

SELECT date, SUM(spend) AS s, AVG(SUM(spend)) OVER (ORDER BY date ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS ma FROM kpi_daily GROUP BY date ORDER BY date

SELECT date, SUM(spend) AS s, SUM(SUM(spend)) OVER (ORDER BY date) AS cum FROM kpi_daily GROUP BY date ORDER BY date

SELECT date, SUM(spend) AS s, LAG(SUM(spend)) OVER (ORDER BY date) AS prev FROM kpi_daily GROUP BY date ORDER BY date

SELECT date, SUM(spend) AS s, LAG(SUM(spend), 7) OVER (ORDER BY date) AS prev, SUM(spend) - LAG(SUM(spend), 7, 0) OVER (ORDER BY date) AS delta FROM kpi_daily GROUP BY date ORDER BY date

SELECT date, LEAD(SUM(spend), 1) OVER (ORDER BY date) AS nxt FROM kpi_daily GROUP BY date ORDER BY date

SELECT date, FIRST_VALUE(SUM(spend)) OVER (ORDER BY date) AS f, LAST_VALUE(SUM(spend)) OVER (ORDER BY date ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS l FROM kpi_daily GROUP BY date

SELECT campaign, RANK() OVER (ORDER BY SUM(spend) DESC) AS r FROM kpi_daily GROUP BY campaign

SELECT campaign, DENSE_RANK() OVER (PARTITION BY platform ORDER BY SUM(spend) DESC) AS r FROM kpi_daily GROUP BY platform, campaign

SELECT campaign, NTILE(4) OVER (ORDER BY SUM(spend)) AS q FROM kpi_daily GROUP BY campaign

SELECT campaign, PERCENT_RANK() OVER (ORDER BY SUM(spend)) p, CUME_DIST() OVER (ORDER BY SUM(spend)) c FROM kpi_daily GROUP BY campaign

SELECT * FROM (SELECT platform, campaign, SUM(spend) s, ROW_NUMBER() OVER (PARTITION BY platform ORDER BY SUM(spend) DESC) rn FROM kpi_daily GROUP BY 1, 2) WHERE rn <= 2

SELECT platform, campaign, SUM(spend) s FROM kpi_daily GROUP BY 1, 2 QUALIFY ROW_NUMBER() OVER (PARTITION BY platform ORDER BY s DESC) = 1

SELECT nth_value(spend, 2) OVER (ORDER BY date, platform, campaign, country, device) FROM kpi_daily LIMIT 5

SELECT date, s, s - avg(s) OVER w AS diff FROM (SELECT date, sum(spend) s FROM kpi_daily GROUP BY date) WINDOW w AS (ORDER BY date ROWS BETWEEN 27 PRECEDING AND 1 PRECEDING)

SELECT date, s, max(s) OVER (ORDER BY date ROWS UNBOUNDED PRECEDING) AS peak FROM (SELECT date, sum(spend) s FROM kpi_daily GROUP BY date)

SELECT date, s, avg(s) OVER (ORDER BY date RANGE BETWEEN INTERVAL 6 DAY PRECEDING AND INTERVAL 0 DAY FOLLOWING) FROM (SELECT date, sum(spend) s FROM kpi_daily GROUP BY date)

SELECT date, s, sum(s) OVER (ORDER BY date GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (SELECT date, sum(spend) s FROM kpi_daily GROUP BY date)

SELECT date, s, avg(s) OVER (ORDER BY date ROWS BETWEEN 3 PRECEDING AND 3 FOLLOWING EXCLUDE CURRENT ROW) FROM (SELECT date, sum(spend) s FROM kpi_daily GROUP BY date)

SELECT date, lag(s IGNORE NULLS) OVER (ORDER BY date) FROM (SELECT date, nullif(sum(spend), 0) s FROM kpi_daily GROUP BY date)

SELECT date, last_value(s IGNORE NULLS) OVER (ORDER BY date) FROM (SELECT date, sum(spend) s FROM kpi_daily GROUP BY date)

SELECT sum(spend) FILTER (WHERE platform = 'google') AS google, sum(spend) FILTER (WHERE platform = 'meta') AS meta FROM kpi_daily

SELECT campaign, sum(revenue) FILTER (WHERE date >= '2026-10-01') / nullif(sum(spend) FILTER (WHERE date >= '2026-10-01'), 0) AS roas_oct FROM kpi_daily GROUP BY campaign

SELECT count(*) FILTER (spend > 50) FROM kpi_daily

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY spend) AS median FROM kpi_daily

SELECT platform, percentile_disc(0.9) WITHIN GROUP (ORDER BY spend DESC) FROM kpi_daily GROUP BY platform

SELECT percentile_cont([0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY spend) FROM kpi_daily

SELECT mode() WITHIN GROUP (ORDER BY platform) FROM kpi_daily

SELECT quantile_cont(spend, 0.95), quantile_disc(spend, 0.05), approx_quantile(spend, 0.5), median(spend) FROM kpi_daily

SELECT stddev(spend), stddev_pop(spend), variance(spend), var_pop(spend), skewness(spend), kurtosis(spend) FROM kpi_daily

SELECT platform, (avg(spend) - min(spend)) / nullif(stddev_samp(spend), 0) AS z FROM kpi_daily GROUP BY platform

SELECT corr(spend, conversions) FROM kpi_daily

SELECT regr_slope(revenue, spend), regr_intercept(revenue, spend) FROM kpi_daily

SELECT arg_max(campaign, spend), arg_min(campaign, spend), max_by(campaign, clicks), min_by(date, spend) FROM kpi_daily

SELECT arg_max(campaign, spend, 3) FROM kpi_daily

SELECT max(spend, 3), min(spend, 2) FROM kpi_daily

SELECT approx_count_distinct(campaign) FROM kpi_daily

SELECT string_agg(DISTINCT platform, ', ' ORDER BY platform) FROM kpi_daily

SELECT string_agg(DISTINCT platform, ', ') FROM kpi_daily WHERE platform = 'meta'

SELECT listagg(DISTINCT country, '|' ORDER BY country) FROM kpi_daily

SELECT group_concat(DISTINCT country ORDER BY country DESC) FROM kpi_daily

SELECT array_agg(DISTINCT platform ORDER BY platform) FROM kpi_daily

SELECT list_sort(list(DISTINCT platform)) FROM kpi_daily

SELECT histogram(device) FROM kpi_daily

SELECT any_value(country) FROM kpi_daily WHERE country = 'DE'

SELECT bool_and(spend > 0), bool_or(revenue = 0) FROM kpi_daily

SELECT count_if(revenue = 0) FROM kpi_daily

SELECT entropy(platform) FROM kpi_daily

SELECT product(1 + 0.0001) FROM kpi_daily

SELECT geomean(spend), favg(spend), fsum(spend) FROM kpi_daily

SELECT weighted_avg(spend, clicks) FROM kpi_daily

SELECT coalesce(sum(revenue), 0), ifnull(sum(revenue), 0), if(sum(spend) > 0, 'yes', 'no') FROM kpi_daily

SELECT platform, CASE WHEN sum(conversions) > 0 THEN sum(spend) / sum(conversions) END AS cac FROM kpi_daily GROUP BY platform

SELECT CASE WHEN spend < 20 THEN 'low' WHEN spend < 60 THEN 'mid' ELSE 'high' END AS band, count(*) FROM kpi_daily GROUP BY band ORDER BY band

SELECT platform, sum(spend), sum(clicks)::DOUBLE / sum(impressions) AS ctr, 1000 * sum(spend) / sum(impressions) AS cpm, sum(spend) / sum(clicks) AS cpc FROM kpi_daily GROUP BY platform

SELECT platform, country, sum(spend) FROM kpi_daily GROUP BY CUBE (platform, country) ORDER BY ALL

SELECT coalesce(platform, 'Total') AS p, sum(spend) FROM kpi_daily GROUP BY ROLLUP (platform) ORDER BY grouping(platform), p

SELECT platform, country, sum(spend) FROM kpi_daily GROUP BY GROUPING SETS ((platform), (country), ()) ORDER BY ALL

SELECT platform, country, device, grouping_id(platform, country, device) g, sum(spend) FROM kpi_daily GROUP BY ROLLUP (platform, country, device)

SELECT platform FROM kpi_daily GROUP BY platform HAVING sum(revenue) / sum(spend) > (SELECT sum(revenue) / sum(spend) FROM kpi_daily)

SELECT campaign FROM kpi_daily WHERE campaign ILIKE '%sale%' GROUP BY campaign

SELECT campaign FROM kpi_daily WHERE campaign LIKE 'Brand%' OR campaign LIKE '%always\_on' ESCAPE '\' GROUP BY campaign

SELECT campaign FROM kpi_daily WHERE campaign NOT LIKE '%Sale%' GROUP BY campaign

SELECT campaign FROM kpi_daily WHERE campaign SIMILAR TO '(Brand|Drop).*' GROUP BY campaign

SELECT campaign FROM kpi_daily WHERE regexp_matches(campaign, '^Brand') GROUP BY campaign

SELECT campaign FROM kpi_daily WHERE campaign ~ 'Brand.*' GROUP BY campaign

SELECT campaign FROM kpi_daily WHERE campaign GLOB 'Brand*' GROUP BY campaign

SELECT regexp_extract(campaign, '([A-Z]\w+)', 1) AS first_word, sum(spend) FROM kpi_daily GROUP BY 1

SELECT regexp_replace(campaign, '[^A-Za-z]', '', 'g') AS c, sum(spend) FROM kpi_daily GROUP BY 1

SELECT split_part(campaign, ' ', 1) AS w, sum(spend) FROM kpi_daily GROUP BY w

SELECT string_split(campaign, ' ')[1] AS w, sum(spend) FROM kpi_daily GROUP BY w

SELECT unnest(string_split(campaign, ' ')) AS word, spend FROM kpi_daily LIMIT 5

SELECT word, sum(spend) FROM (SELECT unnest(string_split(campaign, ' ')) AS word, spend FROM kpi_daily) GROUP BY word ORDER BY word

SELECT format('{} spent {:.2f}', platform, sum(spend)) FROM kpi_daily GROUP BY platform

SELECT printf('%s: %.1f%%', platform, 12.5) FROM kpi_daily LIMIT 1

SELECT concat(round(100 * sum(revenue) / sum(spend), 1), '%') FROM kpi_daily

SELECT TRY_CAST(campaign AS INTEGER) FROM kpi_daily LIMIT 1

SELECT CAST(spend AS INTEGER), spend::DECIMAL(10,2), CAST(clicks AS DOUBLE), spend::VARCHAR, spend::BIGINT FROM kpi_daily LIMIT 1

SELECT greatest(sum(spend), sum(revenue)), least(sum(spend), sum(revenue)), abs(-1), ceil(1.2), floor(1.8), sqrt(4), ln(2), log(10), log10(10), exp(1), power(2, 3), 2 ** 3, 7 % 3, mod(7, 3), 7 // 2, sign(-3), round(2.567, 1), trunc(2.5), pi() FROM kpi_daily

SELECT width_bucket FROM (SELECT floor(spend / 10) AS width_bucket FROM kpi_daily) LIMIT 3

WITH monthly AS (SELECT date_trunc('month', date) AS m, sum(spend) AS spend, sum(revenue) AS revenue FROM kpi_daily GROUP BY m) SELECT m, spend, revenue / nullif(spend, 0) AS roas, spend - lag(spend) OVER (ORDER BY m) AS diff, spend / lag(spend) OVER (ORDER BY m) - 1 AS growth FROM monthly ORDER BY m

WITH a AS (SELECT platform, sum(spend) AS s FROM kpi_daily GROUP BY platform), b AS (SELECT sum(s) AS t FROM a) SELECT a.platform, a.s / b.t AS share FROM a CROSS JOIN b ORDER BY share DESC

WITH a AS (SELECT platform, sum(spend) AS s FROM kpi_daily GROUP BY platform), b AS (SELECT sum(s) AS t FROM a) SELECT a.platform, a.s / b.t AS share FROM a, b ORDER BY share DESC

WITH daily AS (SELECT date, sum(spend) AS s FROM kpi_daily GROUP BY date), stats AS (SELECT avg(s) AS mu, stddev(s) AS sigma FROM daily) SELECT d.date, d.s, (d.s - st.mu) / st.sigma AS z FROM daily d CROSS JOIN stats st WHERE abs(d.s - st.mu) > 2 * st.sigma

WITH base AS (SELECT * FROM kpi_daily WHERE platform = 'meta') SELECT country, sum(spend) FROM base GROUP BY country

WITH base AS (SELECT * FROM kpi_daily), x AS (SELECT platform, sum(spend) s FROM base GROUP BY platform), y AS (SELECT platform, sum(revenue) r FROM base GROUP BY platform) SELECT x.platform, r / s FROM x JOIN y USING (platform)

WITH cur AS (SELECT campaign, sum(spend) s, sum(revenue) r FROM kpi_daily WHERE date >= '2026-11-01' GROUP BY 1), prev AS (SELECT campaign, sum(spend) s, sum(revenue) r FROM kpi_daily WHERE date < '2026-11-01' AND date >= '2026-10-01' GROUP BY 1) SELECT coalesce(cur.campaign, prev.campaign) AS campaign, cur.r / nullif(cur.s, 0) - prev.r / nullif(prev.s, 0) AS d FROM cur FULL OUTER JOIN prev ON cur.campaign = prev.campaign ORDER BY d NULLS LAST

WITH first_seen AS (SELECT campaign, min(date) AS d0 FROM kpi_daily GROUP BY campaign) SELECT k.campaign, k.date - f.d0 AS age, sum(k.spend) FROM kpi_daily k JOIN first_seen f ON f.campaign = k.campaign GROUP BY ALL ORDER BY ALL LIMIT 10

WITH first_seen AS (SELECT campaign, min(date) AS d0 FROM kpi_daily GROUP BY campaign) SELECT date_trunc('month', f.d0) AS cohort, datediff('month', f.d0, k.date) AS m, sum(k.revenue) FROM kpi_daily k JOIN first_seen f USING (campaign) GROUP BY 1, 2 ORDER BY 1, 2

SELECT a.date, a.s, b.s AS last_week FROM (SELECT date, sum(spend) s FROM kpi_daily GROUP BY date) a LEFT JOIN (SELECT date, sum(spend) s FROM kpi_daily GROUP BY date) b ON b.date = a.date - INTERVAL 7 DAY ORDER BY a.date

SELECT a.date, sum(b.s) AS running FROM (SELECT date, sum(spend) s FROM kpi_daily GROUP BY date) a JOIN (SELECT date, sum(spend) s FROM kpi_daily GROUP BY date) b ON b.date <= a.date GROUP BY a.date ORDER BY a.date

SELECT a.date, b.date FROM (SELECT DISTINCT date FROM kpi_daily) a ASOF JOIN (SELECT DISTINCT date FROM kpi_daily WHERE dayofweek(date) = 1) b ON a.date >= b.date

SELECT a.date, b.date FROM (SELECT DISTINCT date FROM kpi_daily) a ASOF LEFT JOIN (SELECT DISTINCT date FROM kpi_daily WHERE dayofweek(date) = 1) b ON a.date >= b.date

SELECT p.platform FROM (SELECT DISTINCT platform FROM kpi_daily) p SEMI JOIN (SELECT platform FROM kpi_daily WHERE spend > 90 GROUP BY platform) q USING (platform)

SELECT p.platform FROM (SELECT DISTINCT platform FROM kpi_daily) p ANTI JOIN (SELECT platform FROM kpi_daily WHERE spend > 900 GROUP BY platform) q USING (platform)

SELECT DISTINCT campaign FROM kpi_daily k WHERE EXISTS (SELECT 1 FROM kpi_daily x WHERE x.campaign = k.campaign AND x.spend > 95)

SELECT DISTINCT campaign FROM kpi_daily k WHERE NOT EXISTS (SELECT 1 FROM kpi_daily x WHERE x.campaign = k.campaign AND x.spend > 995)

SELECT sum(spend) FROM kpi_daily WHERE campaign IN (SELECT campaign FROM kpi_daily GROUP BY campaign ORDER BY sum(revenue) DESC LIMIT 2)

SELECT sum(spend) FROM kpi_daily WHERE (platform, country) IN (SELECT platform, country FROM kpi_daily GROUP BY 1, 2 ORDER BY sum(spend) DESC LIMIT 2)

SELECT sum(spend) FROM kpi_daily WHERE (platform, country) IN (('meta', 'DE'), ('google', 'US'))

SELECT sum(spend) FROM kpi_daily WHERE campaign NOT IN ('Brand Search', 'x')

SELECT sum(spend) FROM kpi_daily WHERE campaign = ANY (SELECT campaign FROM kpi_daily WHERE spend > 90)

SELECT sum(spend) FROM kpi_daily WHERE platform = ANY(['meta', 'google'])

SELECT k.campaign, (SELECT max(s) FROM (SELECT date, sum(spend) s FROM kpi_daily x WHERE x.campaign = k.campaign GROUP BY date)) AS best FROM (SELECT DISTINCT campaign FROM kpi_daily) k

SELECT platform, sum(spend) FROM kpi_daily GROUP BY platform UNION ALL SELECT 'Total', sum(spend) FROM kpi_daily

(SELECT platform, sum(spend) s FROM kpi_daily GROUP BY platform ORDER BY s DESC LIMIT 1) UNION ALL (SELECT platform, sum(spend) s FROM kpi_daily GROUP BY platform ORDER BY s LIMIT 1)

SELECT platform FROM kpi_daily EXCEPT SELECT platform FROM kpi_daily WHERE spend > 1000

SELECT platform, sum(spend) AS v FROM kpi_daily GROUP BY 1 UNION ALL BY NAME SELECT sum(revenue) AS v, country AS platform FROM kpi_daily GROUP BY 2

SELECT DISTINCT ON (platform) platform, campaign, spend FROM kpi_daily ORDER BY platform, spend DESC, campaign, date, country, device

SELECT * EXCLUDE (account, device) FROM kpi_daily LIMIT 2

SELECT * REPLACE (upper(platform) AS platform) FROM kpi_daily LIMIT 2

SELECT COLUMNS('s.*d') FROM kpi_daily LIMIT 2

SELECT min(COLUMNS(* EXCLUDE (platform, account, campaign, country, device))) FROM kpi_daily

SELECT sum(COLUMNS(['spend', 'clicks'])) FROM kpi_daily

SELECT max(COLUMNS(lambda c: c LIKE '%s')) FROM kpi_daily

SELECT * LIKE '%s' FROM kpi_daily LIMIT 1

FROM kpi_daily LIMIT 3

FROM kpi_daily SELECT sum(spend)

FROM kpi_daily WHERE platform = 'meta' LIMIT 1

PIVOT kpi_daily ON country IN ('DE', 'US') USING sum(spend) AS s, sum(clicks) AS c GROUP BY platform ORDER BY platform

PIVOT (SELECT platform, country, spend FROM kpi_daily) ON country IN ('DE', 'US') USING sum(spend)

WITH p AS (PIVOT kpi_daily ON device IN ('mobile', 'desktop') USING sum(spend) GROUP BY platform) SELECT platform, mobile / (mobile + desktop) FROM p

SELECT * FROM (SELECT platform, device, spend FROM kpi_daily) PIVOT (sum(spend) AS s FOR device IN ('mobile' AS m, 'desktop' AS d) GROUP BY platform)

UNPIVOT (SELECT platform, sum(spend) AS spend, sum(revenue) AS revenue FROM kpi_daily GROUP BY platform) ON spend, revenue INTO NAME metric VALUE v

SELECT * FROM (SELECT platform, sum(spend) AS spend, sum(revenue) AS revenue FROM kpi_daily GROUP BY platform) UNPIVOT (v FOR metric IN (spend, revenue))

UNPIVOT (SELECT platform, sum(spend) AS spend, sum(revenue) AS revenue FROM kpi_daily GROUP BY platform) ON COLUMNS(* EXCLUDE platform) INTO NAME metric VALUE v

SELECT list_transform(list(DISTINCT platform), lambda x: upper(x)) FROM kpi_daily WHERE platform = 'meta'

SELECT list_filter([1, 2, 3], lambda x: x > 1), list_sum([1, 2]), list_avg([1, 2]), list_contains([1, 2], 1), array_length([1, 2]), len([1]), list_distinct([1, 1]), list_reverse([1, 2]), [1, 2, 3][2], [1, 2, 3][1:2], list_position([1, 2], 2)

SELECT [p || '!' FOR p IN list(DISTINCT platform ORDER BY platform)] FROM kpi_daily

SELECT struct_pack(p := platform, s := sum(spend)) FROM kpi_daily GROUP BY platform

SELECT {'platform': platform, 'spend': sum(spend)} AS x FROM kpi_daily GROUP BY platform

SELECT x.platform, x.s FROM (SELECT {'platform': platform, 's': sum(spend)} AS x FROM kpi_daily GROUP BY platform)

SELECT unnest({'a': 1, 'b': 2})

SELECT map(['a', 'b'], [1, 2])['a']

SELECT map_keys(histogram(platform)) FROM kpi_daily

SELECT map_from_entries(list((platform, s))) FROM (SELECT platform, sum(spend) s FROM kpi_daily GROUP BY platform ORDER BY platform)

SELECT unnest(map_entries(histogram(platform))) FROM kpi_daily

SELECT * FROM (VALUES ('meta', 100.0), ('google', 200.0)) AS budget(platform, amount)

WITH budget(platform, amount) AS (VALUES ('meta', 100.0), ('google', 200.0)) SELECT * FROM budget

WITH days AS (SELECT unnest(generate_series(DATE '2026-08-01', DATE '2026-08-31', INTERVAL 1 DAY))::DATE AS d) SELECT d, coalesce(sum(spend), 0) FROM days LEFT JOIN kpi_daily k ON k.date = days.d GROUP BY d ORDER BY d

WITH days AS (SELECT range::DATE AS d FROM range(DATE '2026-08-01', DATE '2026-09-01', INTERVAL 1 DAY)) SELECT d, count(k.spend) FROM days LEFT JOIN kpi_daily k ON k.date = d GROUP BY d ORDER BY d

SELECT generate_series::DATE AS d FROM generate_series(TIMESTAMP '2026-08-01', TIMESTAMP '2026-08-05', INTERVAL 1 DAY)

WITH days AS (SELECT d::DATE AS d FROM generate_series((SELECT min(date) FROM kpi_daily), (SELECT max(date) FROM kpi_daily), INTERVAL 1 DAY) t(d)) SELECT count(*) FROM days

SELECT * FROM generate_series(1, 12) AS t(month)

SELECT i FROM range(5) t(i)

WITH RECURSIVE m(d) AS (SELECT DATE '2026-08-01' UNION ALL SELECT (d + INTERVAL 1 MONTH)::DATE FROM m WHERE d < DATE '2026-11-01') SELECT d FROM m

WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT i FROM n

SELECT p.platform, t.campaign, t.s FROM (SELECT DISTINCT platform FROM kpi_daily) p CROSS JOIN LATERAL (SELECT campaign, sum(spend) s FROM kpi_daily k WHERE k.platform = p.platform GROUP BY campaign ORDER BY s DESC, campaign LIMIT 2) t

SELECT p.platform, t.s FROM (SELECT DISTINCT platform FROM kpi_daily) p LEFT JOIN LATERAL (SELECT sum(spend) s FROM kpi_daily k WHERE k.platform = p.platform) t ON true

SELECT d.date, p.platform, coalesce(k.s, 0) FROM (SELECT DISTINCT date FROM kpi_daily) d CROSS JOIN (SELECT DISTINCT platform FROM kpi_daily) p LEFT JOIN (SELECT date, platform, sum(spend) s FROM kpi_daily GROUP BY 1, 2) k ON k.date = d.date AND k.platform = p.platform

SELECT * FROM kpi_daily TABLESAMPLE 10%

SELECT * FROM kpi_daily USING SAMPLE 5

SELECT * FROM kpi_daily USING SAMPLE reservoir(20 ROWS) REPEATABLE (42)

SELECT * FROM kpi_daily TABLESAMPLE bernoulli(5%)

SELECT platform, spend FROM kpi_daily ORDER BY random() LIMIT 5

SELECT * FROM kpi_daily ORDER BY date DESC, spend DESC NULLS LAST LIMIT 20 OFFSET 40

SELECT platform FROM kpi_daily ORDER BY spend DESC FETCH FIRST 5 ROWS ONLY

SELECT "platform" AS "Plattform", SUM("spend") AS "Ausgaben" FROM "kpi_daily" GROUP BY "platform"

SELECT platform AS "select", sum(spend) AS "order" FROM kpi_daily GROUP BY 1

SELECT kpi_daily.platform, sum(kpi_daily.spend) FROM kpi_daily GROUP BY kpi_daily.platform

SELECT main.kpi_daily.platform FROM main.kpi_daily LIMIT 1

select Platform, SUM(Spend) from KPI_DAILY group by PLATFORM

SELECT sum(spend) AS "Gesamt €", 'O''Brien' AS n FROM kpi_daily

SELECT sum(spend) FROM kpi_daily WHERE campaign = 'DROP TABLE users'

SELECT sum(spend) FROM kpi_daily WHERE campaign = 'a; DELETE FROM x'

SELECT sum(spend) FROM kpi_daily WHERE campaign = '--'

SELECT sum(spend) FROM kpi_daily WHERE campaign LIKE '%100\%%' ESCAPE '\'

SELECT 'SELECT * FROM users' AS note, count(*) FROM kpi_daily

SELECT sum(spend) AS "insert into", sum(revenue) AS "attach" FROM kpi_daily

SELECT -- comment with ; semicolon
  sum(spend) /* and another; one */ FROM kpi_daily

SELECT platform, sum(spend) FROM kpi_daily WHERE 1 = 1 AND platform IS NOT NULL GROUP BY platform;

SELECT NULLIF(platform, 'meta') IS NULL, spend IS DISTINCT FROM revenue, country IS NOT DISTINCT FROM 'DE' FROM kpi_daily LIMIT 2

SELECT spend BETWEEN 10 AND 20, NOT (spend > 5), platform IN ('meta') AND true OR false FROM kpi_daily LIMIT 2

SELECT count(*) AS n, count(revenue) AS with_rev, count(*) - count(revenue) AS missing FROM kpi_daily

SELECT platform, avg(spend) AS a FROM kpi_daily GROUP BY platform ORDER BY CASE platform WHEN 'meta' THEN 1 ELSE 2 END, platform

SELECT date, platform, sum(spend) AS spend, sum(sum(spend)) OVER (PARTITION BY platform, date_trunc('month', date) ORDER BY date) AS mtd FROM kpi_daily GROUP BY date, platform ORDER BY date, platform LIMIT 30

SELECT campaign, sum(spend) AS s, sum(sum(spend)) OVER (ORDER BY sum(spend) DESC) / sum(sum(spend)) OVER () AS cumshare FROM kpi_daily GROUP BY campaign ORDER BY s DESC

SELECT country, device, sum(spend), rank() OVER (PARTITION BY country ORDER BY sum(spend) DESC) FROM kpi_daily GROUP BY country, device

SELECT date_trunc('quarter', date) AS q, platform, sum(revenue) - sum(spend) AS profit FROM kpi_daily GROUP BY q, platform ORDER BY q, profit DESC

SELECT isfinite(spend), isnan(spend), isinf(spend) FROM kpi_daily LIMIT 1

SELECT epoch(date), epoch_ms(date::TIMESTAMP) FROM kpi_daily LIMIT 1

SELECT strptime('2026-08-01', '%Y-%m-%d')::DATE AS d

SELECT age(max(date), min(date)) FROM kpi_daily

SELECT interval '1' day, INTERVAL '2' MONTH, INTERVAL 3 WEEKS, to_days(3), to_months(2)

SELECT last_day(date) - date AS days_left, day(last_day(date)) AS dim FROM kpi_daily LIMIT 1

SELECT date_diff('day', lag(date) OVER (ORDER BY date), date) AS gap FROM (SELECT DISTINCT date FROM kpi_daily)

SELECT sum(spend) / count(DISTINCT date) AS per_day FROM kpi_daily

SELECT platform, sum(spend) AS spend FROM kpi_daily GROUP BY platform ORDER BY spend DESC LIMIT 3 OFFSET 1

SELECT list(platform ORDER BY s DESC)[1:2] FROM (SELECT platform, sum(spend) s FROM kpi_daily GROUP BY 1)

SELECT ln(sum(spend)) FROM kpi_daily HAVING sum(spend) > 0

SELECT a.platform, b.platform FROM (SELECT DISTINCT platform FROM kpi_daily) a JOIN (SELECT DISTINCT platform FROM kpi_daily) b ON a.platform < b.platform

SELECT * FROM (SELECT DISTINCT platform FROM kpi_daily) NATURAL JOIN (SELECT platform, sum(spend) s FROM kpi_daily GROUP BY 1)

SELECT * FROM (SELECT DISTINCT platform FROM kpi_daily ORDER BY 1) a POSITIONAL JOIN (SELECT DISTINCT country FROM kpi_daily ORDER BY 1) b

SELECT sum(a.spend) FROM kpi_daily a JOIN kpi_daily b ON a.date = b.date AND a.platform = b.platform AND a.campaign = b.campaign AND a.country = b.country AND a.device = b.device

SELECT platform, sum(spend) s FROM kpi_daily GROUP BY platform HAVING s > 100 ORDER BY s

SELECT spend * 1.1 AS with_fee, with_fee * 1.19 AS gross FROM kpi_daily LIMIT 2

SELECT fill(s) OVER (ORDER BY date) FROM (SELECT date, CASE WHEN day(date) % 7 = 0 THEN NULL ELSE sum(spend) END s FROM kpi_daily GROUP BY date)

SELECT arg_max_null(campaign, spend) FROM kpi_daily

SELECT greatest(0, sum(spend) - 100) FROM kpi_daily

SELECT year(date) * 100 + month(date) AS ym, sum(spend) FROM kpi_daily GROUP BY ym ORDER BY ym

SELECT sum(spend)::BIGINT::VARCHAR || ' €' FROM kpi_daily

SELECT campaign COLLATE NOCASE AS c FROM kpi_daily GROUP BY c ORDER BY c

SELECT DISTINCT upper(left(platform, 1)) || lower(substring(platform, 2)) FROM kpi_daily

SELECT date, sum(spend) FROM kpi_daily WHERE date IN (DATE '2026-10-01', DATE '2026-10-02') GROUP BY date

SELECT avg(s) FROM (SELECT date, sum(spend) AS s FROM kpi_daily GROUP BY date) t WHERE t.s > 0

SELECT TRY(1 / 0)

SELECT sum(CASE WHEN platform = 'meta' THEN 1 END) FROM kpi_daily

SELECT sum((platform = 'meta')::INT) FROM kpi_daily

SELECT sum(if(platform = 'meta', spend, 0)) FROM kpi_daily

SELECT platform, max(date) FILTER (spend > 0) AS last_active FROM kpi_daily GROUP BY platform

SELECT campaign, count(DISTINCT date) AS days, sum(spend) / count(DISTINCT date) AS avg_daily FROM kpi_daily GROUP BY campaign

SELECT covar_samp(spend, revenue) FROM kpi_daily

SELECT count(*) OVER () AS total, platform FROM kpi_daily GROUP BY platform

SELECT row_number() OVER () AS n, * FROM (SELECT platform, sum(spend) FROM kpi_daily GROUP BY 1 ORDER BY 1)

SELECT platform, mean(spend), mad(spend), sem(spend) FROM kpi_daily GROUP BY 1

SELECT date FROM kpi_daily WHERE date::VARCHAR LIKE '2026-10%' GROUP BY date

SELECT country, sum(spend) FROM kpi_daily WHERE country IN ('DE', 'US') AND device != 'desktop' GROUP BY country

SELECT try_strptime(campaign, '%Y-%m-%d') FROM kpi_daily LIMIT 1

SELECT date_trunc('month', date) m, date_trunc('month', date) + INTERVAL 1 MONTH - INTERVAL 1 DAY AS eom FROM kpi_daily GROUP BY 1

SELECT * FROM kpi_daily WHERE spend > 90 AND revenue < 10 AND (clicks > 5 OR impressions > 4000) LIMIT 10

SELECT platform, sum(spend) FROM kpi_daily GROUP BY platform ORDER BY sum(spend) DESC LIMIT (1 + 1)

SELECT quantile(spend, 0.5) FROM kpi_daily

SELECT reservoir_quantile(spend, 0.5) FROM kpi_daily

SELECT levenshtein(campaign, 'Brand Serch'), jaccard(campaign, 'Brand'), damerau_levenshtein(campaign, 'x') FROM kpi_daily LIMIT 1

SELECT platform, sum(spend) FROM kpi_daily GROUP BY (platform)

SELECT platform, sum(spend) FROM kpi_daily GROUP BY platform, () ORDER BY 1

SELECT sum(distinct spend) FROM kpi_daily

SELECT all_days.d FROM (SELECT unnest(range(DATE '2026-08-01', DATE '2026-08-04', INTERVAL 1 DAY)) AS d) all_days

SELECT trim(BOTH ' ' FROM campaign), trim(LEADING 'B' FROM campaign), ltrim(campaign), rtrim(campaign) FROM kpi_daily LIMIT 1

SELECT sum(spend) AS s FROM kpi_daily LIMIT 0

SELECT platform AS p, sum(spend) AS s FROM kpi_daily WHERE p <> 'x' GROUP BY p

SELECT count(*) FROM (SELECT 1 FROM kpi_daily GROUP BY campaign, country)

SELECT "kpi_daily"."date" FROM kpi_daily AS "kpi_daily" LIMIT 1

SELECT ((sum(revenue) - sum(spend)) / nullif(sum(spend), 0)) * 100 AS roi_pct FROM kpi_daily

SELECT platform, sum(spend) AS spend FROM kpi_daily GROUP BY platform UNION ALL SELECT 'all', sum(spend) FROM kpi_daily ORDER BY spend DESC

WITH x AS NOT MATERIALIZED (SELECT platform, sum(spend) s FROM kpi_daily GROUP BY 1) SELECT * FROM x x1 JOIN x x2 USING (platform)

SELECT sum(spend) FROM kpi_daily k WHERE k.spend > (SELECT avg(spend) FROM kpi_daily x WHERE x.platform = k.platform)

SELECT date, platform, spend FROM kpi_daily WHERE (date, platform) = (DATE '2026-10-01', 'meta') LIMIT 3

SELECT sum(spend) total FROM kpi_daily WHERE NOT platform = 'meta' AND NOT (country = 'DE' OR device = 'mobile')

SELECT platform, sum(spend) "total spend" FROM kpi_daily GROUP BY platform

SELECT concat_ws('-', year(date), lpad(month(date)::VARCHAR, 2, '0')) AS ym FROM kpi_daily GROUP BY 1

SELECT date, sum(clicks) FROM kpi_daily GROUP BY date HAVING count(DISTINCT platform) = 3 ORDER BY date LIMIT 5

SELECT max(s) - min(s) AS spread FROM (SELECT country, sum(spend) s FROM kpi_daily GROUP BY country)

SELECT list_value(1, 2, 3), [1, 2] || [3], array_append([1], 2), list_concat([1], [2]), flatten([[1], [2]]), list_zip([1, 2], ['a', 'b'])

SELECT platform, sum(spend) FROM kpi_daily GROUP BY ALL HAVING sum(spend) > 0 ORDER BY 2 DESC NULLS LAST

WITH daily AS (SELECT date, platform, sum(spend) AS spend, sum(revenue) AS revenue, sum(conversions) AS conversions FROM kpi_daily WHERE date BETWEEN DATE '2026-09-01' AND DATE '2026-10-31' GROUP BY date, platform), roll AS (SELECT date, platform, spend, revenue, avg(spend) OVER (PARTITION BY platform ORDER BY date ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS spend_ma7, sum(revenue) OVER (PARTITION BY platform ORDER BY date ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) / nullif(sum(spend) OVER (PARTITION BY platform ORDER BY date ROWS BETWEEN 6 PRECEDING AND CURRENT ROW), 0) AS roas_7d FROM daily) SELECT * FROM roll WHERE date >= DATE '2026-10-01' ORDER BY platform, date

WITH w AS (SELECT date_trunc('week', date) AS wk, platform, sum(spend) AS s, sum(conversions) AS c FROM kpi_daily GROUP BY ALL), g AS (SELECT wk, platform, s / nullif(c, 0) AS cac, lag(s / nullif(c, 0)) OVER (PARTITION BY platform ORDER BY wk) AS prev FROM w) SELECT wk, platform, round(cac, 2) AS cac, round(100 * (cac - prev) / prev, 1) AS pct FROM g WHERE prev IS NOT NULL ORDER BY wk, platform

WITH spend_rank AS (SELECT campaign, sum(spend) AS s, row_number() OVER (ORDER BY sum(spend) DESC) AS rn FROM kpi_daily GROUP BY campaign) SELECT CASE WHEN rn <= 2 THEN campaign ELSE 'Other' END AS grp, sum(s) AS spend FROM spend_rank GROUP BY grp ORDER BY spend DESC

WITH t AS (SELECT campaign, sum(spend) s FROM kpi_daily GROUP BY 1), c AS (SELECT campaign, s, sum(s) OVER (ORDER BY s DESC ROWS UNBOUNDED PRECEDING) / sum(s) OVER () AS cum FROM t) SELECT campaign, s, cum, CASE WHEN cum <= 0.8 THEN 'A' WHEN cum <= 0.95 THEN 'B' ELSE 'C' END AS class FROM c ORDER BY s DESC

WITH d AS (SELECT date, sum(spend) AS s FROM kpi_daily GROUP BY date), q AS (SELECT quantile_cont(s, 0.25) AS q1, quantile_cont(s, 0.75) AS q3 FROM d) SELECT d.date, d.s FROM d, q WHERE d.s < q.q1 - 1.5 * (q.q3 - q.q1) OR d.s > q.q3 + 1.5 * (q.q3 - q.q1)

WITH d AS (SELECT date, sum(spend) s, sum(revenue) r FROM kpi_daily GROUP BY date) SELECT regr_slope(s, date - DATE '2026-08-01') AS slope, regr_r2(s, date - DATE '2026-08-01') AS r2 FROM d

WITH d AS (SELECT date, sum(revenue) / nullif(sum(spend), 0) AS roas FROM kpi_daily GROUP BY date), f AS (SELECT date, roas, roas > 1 AS good, date - (row_number() OVER (PARTITION BY roas > 1 ORDER BY date))::INT AS island FROM d) SELECT min(date) AS started, max(date) AS ended, count(*) AS days FROM f WHERE good GROUP BY island ORDER BY days DESC LIMIT 5

WITH d AS (SELECT date, sum(spend) s FROM kpi_daily GROUP BY date), l AS (SELECT date, s, lag(s) OVER (ORDER BY date) p FROM d), g AS (SELECT date, s, sum(CASE WHEN s > p THEN 0 ELSE 1 END) OVER (ORDER BY date) AS grp FROM l) SELECT grp, count(*) n, min(date), max(date) FROM g GROUP BY grp HAVING count(*) >= 3 ORDER BY n DESC

WITH base AS (SELECT platform, sum(spend) AS spend, sum(clicks) AS clicks, sum(impressions) AS impressions, sum(conversions) AS conversions, sum(revenue) AS revenue FROM kpi_daily GROUP BY platform) SELECT platform, spend, clicks::DOUBLE / nullif(impressions, 0) AS ctr, spend / nullif(clicks, 0) AS cpc, 1000.0 * spend / nullif(impressions, 0) AS cpm, conversions / nullif(clicks, 0)::DOUBLE AS cvr, spend / nullif(conversions, 0) AS cac, revenue / nullif(spend, 0) AS roas, revenue / nullif(conversions, 0) AS aov FROM base ORDER BY spend DESC

WITH cur AS (SELECT platform, country, sum(spend) s FROM kpi_daily WHERE date >= '2026-10-01' GROUP BY 1, 2), prev AS (SELECT platform, country, sum(spend) s FROM kpi_daily WHERE date >= '2026-09-01' AND date < '2026-10-01' GROUP BY 1, 2) SELECT coalesce(c.platform, p.platform) platform, coalesce(c.country, p.country) country, coalesce(c.s, 0) - coalesce(p.s, 0) AS diff, rank() OVER (ORDER BY abs(coalesce(c.s, 0) - coalesce(p.s, 0)) DESC) AS r FROM cur c FULL JOIN prev p ON c.platform = p.platform AND c.country = p.country ORDER BY r, 1, 2

WITH x AS (SELECT date, platform, sum(spend) s FROM kpi_daily GROUP BY 1, 2) SELECT date, max(CASE WHEN platform = 'meta' THEN s END) AS meta, max(CASE WHEN platform = 'google' THEN s END) AS google, max(CASE WHEN platform = 'meta' THEN s END) - max(CASE WHEN platform = 'google' THEN s END) AS diff FROM x GROUP BY date ORDER BY date

SELECT strftime(date_trunc('month', date), '%b %Y') AS month, sum(spend) FROM kpi_daily GROUP BY date_trunc('month', date) ORDER BY date_trunc('month', date)

SELECT CAST(date_trunc('week', date) AS DATE) AS week_start, count(DISTINCT campaign) AS active FROM kpi_daily WHERE spend > 0 GROUP BY 1 ORDER BY 1

SELECT 'W' || lpad(week(date)::VARCHAR, 2, '0') || ' ' || year(date) AS wk, sum(spend) FROM kpi_daily GROUP BY 1 ORDER BY 1

SELECT a.date, a.spend, b.spend AS spend_last_week, a.spend - b.spend AS diff FROM (SELECT date, sum(spend) AS spend FROM kpi_daily GROUP BY date) AS a INNER JOIN (SELECT date, sum(spend) AS spend FROM kpi_daily GROUP BY date) AS b ON a.date = b.date + INTERVAL '7 days' ORDER BY a.date LIMIT 10

SELECT a.date, count(DISTINCT b.campaign) AS campaigns_28d FROM (SELECT DISTINCT date FROM kpi_daily) a JOIN kpi_daily b ON b.date BETWEEN a.date - 27 AND a.date GROUP BY a.date ORDER BY a.date

SELECT k.platform, k.date, k.spend / t.total AS share FROM (SELECT platform, date, sum(spend) spend FROM kpi_daily GROUP BY 1, 2) k JOIN (SELECT date, sum(spend) total FROM kpi_daily GROUP BY 1) t ON t.date = k.date ORDER BY k.date, k.platform LIMIT 9

SELECT k.*, t.total FROM kpi_daily k JOIN (SELECT campaign, sum(spend) AS total FROM kpi_daily GROUP BY campaign) t ON t.campaign = k.campaign WHERE k.spend > 0.01 * t.total LIMIT 3

SELECT k.platform, k.spend FROM kpi_daily k JOIN kpi_daily prev ON prev.campaign = k.campaign AND prev.country = k.country AND prev.device = k.device AND prev.platform = k.platform AND prev.date = k.date - 1 WHERE k.spend > 2 * prev.spend ORDER BY 1, 2 LIMIT 10

SELECT k.platform, count(*) FROM kpi_daily k LEFT JOIN kpi_daily p ON (k.campaign, k.country, k.device, k.platform) = (p.campaign, p.country, p.device, p.platform) AND p.date = k.date - INTERVAL 1 DAY WHERE p.date IS NULL GROUP BY 1

SELECT platform, sum(spend) AS spend, rank() OVER w AS by_spend, rank() OVER (ORDER BY sum(revenue) / sum(spend) DESC) AS by_roas FROM kpi_daily GROUP BY platform WINDOW w AS (ORDER BY sum(spend) DESC)

SELECT date, s, exp(avg(ln(s)) OVER (ORDER BY date ROWS 6 PRECEDING)) AS gma FROM (SELECT date, sum(spend) s FROM kpi_daily GROUP BY date) ORDER BY date LIMIT 5

SELECT date, s, (s - min(s) OVER ()) / nullif(max(s) OVER () - min(s) OVER (), 0) AS norm FROM (SELECT date, sum(spend) s FROM kpi_daily GROUP BY date) ORDER BY date LIMIT 5

SELECT date, s, s / first_value(s) OVER (ORDER BY date) * 100 AS idx FROM (SELECT date, sum(spend) s FROM kpi_daily GROUP BY date) ORDER BY date LIMIT 5

SELECT platform, array_agg(struct_pack(c := campaign, s := s) ORDER BY s DESC)[1] AS top FROM (SELECT platform, campaign, sum(spend) s FROM kpi_daily GROUP BY 1, 2) GROUP BY platform ORDER BY platform

SELECT platform, arg_max(campaign, s) AS best, max(s) AS v FROM (SELECT platform, campaign, sum(revenue) / nullif(sum(spend), 0) s FROM kpi_daily GROUP BY 1, 2) GROUP BY 1 ORDER BY 1

SELECT dayname(date) AS d, isodow(date) AS n, sum(revenue) / sum(spend) AS roas FROM kpi_daily GROUP BY d, n ORDER BY n

SELECT CASE WHEN campaign ILIKE '%brand%' THEN 'Brand' WHEN campaign ILIKE '%retarget%' THEN 'Retargeting' ELSE 'Prospecting' END AS funnel, sum(spend) AS spend, sum(revenue) / nullif(sum(spend), 0) AS roas FROM kpi_daily GROUP BY 1 ORDER BY 2 DESC

SELECT coalesce(nullif(trim(campaign), ''), '(none)') AS campaign, sum(spend) FROM kpi_daily GROUP BY 1 ORDER BY 2 DESC

SELECT replace(replace(replace(lower(campaign), ' ', '_'), ';', ''), '-', '_') AS slug, sum(spend) FROM kpi_daily GROUP BY 1 ORDER BY 1

SELECT replace(replace(replace(replace(replace(campaign, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), 'QQ', '&#39;') AS html FROM kpi_daily GROUP BY 1 ORDER BY 1

SELECT regexp_replace(regexp_replace(lower(campaign), '[^a-z0-9]+', '-', 'g'), '(^-|-$)', '', 'g') AS slug FROM kpi_daily GROUP BY 1 ORDER BY 1

SELECT format('{}: {} spent {:,.2f} and earned {:,.2f} ({:.1f}x)', platform, country, sum(spend), sum(revenue), sum(revenue) / sum(spend)) AS line FROM kpi_daily GROUP BY platform, country ORDER BY 1

SELECT printf('%-20s|%10.2f|%5.1f%%', platform, sum(spend), 100.0 * sum(spend) / sum(sum(spend)) OVER ()) AS line FROM kpi_daily GROUP BY platform ORDER BY 1

SELECT concat_ws(' / ', platform, nullif(country, 'DE'), device) AS k, sum(spend) FROM kpi_daily GROUP BY 1 ORDER BY 1

SELECT platform, string_agg(DISTINCT concat(country, ':', device), ', ' ORDER BY concat(country, ':', device)) AS markets FROM kpi_daily GROUP BY 1 ORDER BY 1

SELECT array_to_string(list_sort(list(DISTINCT campaign)), ' | ') FROM kpi_daily

SELECT list_transform(string_split(campaign, ' '), lambda w: upper(left(w, 1)) || substring(w, 2)) AS words FROM kpi_daily GROUP BY campaign ORDER BY campaign

SELECT len(string_split(campaign, ' ')) AS words, count(DISTINCT campaign) FROM kpi_daily GROUP BY 1 ORDER BY 1

SELECT campaign, levenshtein(lower(campaign), 'brand search') AS dist FROM kpi_daily GROUP BY 1 ORDER BY 2 LIMIT 1

SELECT date, sum(spend) FROM kpi_daily WHERE date >= (SELECT max(date) FROM kpi_daily) - INTERVAL 13 DAY GROUP BY date ORDER BY date

SELECT sum(spend) FILTER (date > d - 7) AS last7, sum(spend) FILTER (date <= d - 7 AND date > d - 14) AS prev7 FROM kpi_daily, (SELECT max(date) AS d FROM kpi_daily)

WITH m AS (SELECT max(date) AS d FROM kpi_daily) SELECT sum(CASE WHEN k.date > m.d - 30 THEN k.spend ELSE 0 END) AS cur, sum(CASE WHEN k.date <= m.d - 30 AND k.date > m.d - 60 THEN k.spend ELSE 0 END) AS prev FROM kpi_daily k CROSS JOIN m

WITH params AS (SELECT DATE '2026-10-01' AS start_date, DATE '2026-10-31' AS end_date) SELECT platform, sum(spend) FROM kpi_daily, params WHERE date BETWEEN params.start_date AND params.end_date GROUP BY platform ORDER BY 1

WITH cal AS (SELECT CAST(unnest(generate_series(DATE '2026-08-01', DATE '2026-11-20', INTERVAL '1 day')) AS DATE) AS d) SELECT date_trunc('month', d) AS m, count(*) AS days, count(k.date) AS with_data FROM cal LEFT JOIN (SELECT DISTINCT date FROM kpi_daily) k ON k.date = cal.d GROUP BY 1 ORDER BY 1

WITH RECURSIVE cal(d) AS (SELECT min(date) FROM kpi_daily UNION ALL SELECT d + 1 FROM cal WHERE d < (SELECT max(date) FROM kpi_daily)) SELECT count(*) FROM cal

WITH RECURSIVE months AS (SELECT DATE '2026-08-01' AS m UNION ALL SELECT CAST(m + INTERVAL '1 month' AS DATE) FROM months WHERE m < DATE '2026-11-01') SELECT m, (SELECT sum(spend) FROM kpi_daily WHERE date_trunc('month', date) = m) AS s FROM months ORDER BY m

SELECT platform, sum(spend) AS spend FROM kpi_daily GROUP BY platform UNION ALL SELECT 'Total' AS platform, sum(spend) AS spend FROM kpi_daily ORDER BY CASE WHEN platform = 'Total' THEN 1 ELSE 0 END, spend DESC

SELECT 'this month' AS period, sum(spend) AS s FROM kpi_daily WHERE date >= '2026-11-01' UNION ALL SELECT 'last month', sum(spend) FROM kpi_daily WHERE date >= '2026-10-01' AND date < '2026-11-01' UNION ALL SELECT 'before', sum(spend) FROM kpi_daily WHERE date < '2026-10-01'

SELECT metric, v FROM (SELECT 'spend' AS metric, sum(spend) AS v FROM kpi_daily UNION ALL SELECT 'clicks', sum(clicks) FROM kpi_daily) ORDER BY v

SELECT campaign FROM kpi_daily WHERE country = 'DE' INTERSECT SELECT campaign FROM kpi_daily WHERE country = 'US' ORDER BY campaign

SELECT campaign FROM kpi_daily EXCEPT ALL SELECT campaign FROM kpi_daily WHERE country = 'US' LIMIT 1

SELECT platform, country, sum(spend) AS s, 100.0 * sum(spend) / sum(sum(spend)) OVER (PARTITION BY platform) AS pct FROM kpi_daily GROUP BY platform, country ORDER BY platform, pct DESC

SELECT CASE grouping(platform) WHEN 1 THEN 'All' ELSE platform END AS p, CASE WHEN grouping(country) = 1 THEN 'All' ELSE country END AS c, sum(spend) FROM kpi_daily GROUP BY ROLLUP (platform, country) ORDER BY 1, 2

SELECT platform, country, sum(spend) FROM kpi_daily GROUP BY platform, ROLLUP (country) ORDER BY ALL

SELECT floor(spend / 25) * 25 AS lo, floor(spend / 25) * 25 + 25 AS hi, count(*) AS n, sum(revenue) AS rev FROM kpi_daily GROUP BY 1, 2 ORDER BY 1

SELECT ntile, min(s), max(s), avg(r) FROM (SELECT sum(spend) s, sum(revenue) / sum(spend) r, ntile(4) OVER (ORDER BY sum(spend)) AS ntile FROM kpi_daily GROUP BY date) GROUP BY ntile ORDER BY ntile

SELECT round(corr(s, r), 3) FROM (SELECT date, sum(spend) s, sum(revenue) r FROM kpi_daily GROUP BY date)

SELECT sqrt(avg(power(s - m, 2))) FROM (SELECT date, sum(spend) s, avg(sum(spend)) OVER () m FROM kpi_daily GROUP BY date)

SELECT sum(abs(s - p)) / sum(s) AS wape FROM (SELECT date, sum(spend) s, lag(sum(spend), 7) OVER (ORDER BY date) p FROM kpi_daily GROUP BY date) WHERE p IS NOT NULL

SELECT platform, sum(spend) / (SELECT count(DISTINCT date) FROM kpi_daily) AS per_day FROM kpi_daily GROUP BY platform ORDER BY 1

SELECT max(d) FROM (SELECT sum(spend) AS d FROM kpi_daily GROUP BY date, platform HAVING sum(spend) > (SELECT avg(x) FROM (SELECT sum(spend) x FROM kpi_daily GROUP BY date, platform)))

SELECT DISTINCT campaign, first_value(date) OVER (PARTITION BY campaign ORDER BY spend DESC, date) AS peak FROM kpi_daily ORDER BY 1

SELECT campaign, date FROM kpi_daily QUALIFY spend = max(spend) OVER (PARTITION BY campaign) ORDER BY campaign, date LIMIT 5

SELECT campaign, spend, date FROM kpi_daily QUALIFY row_number() OVER (PARTITION BY campaign ORDER BY spend DESC, date, platform, country, device) <= 2 ORDER BY 1, 2, 3

SELECT "date" AS "Date", "spend" AS "Spend (EUR)", "campaign" AS "Campaign name" FROM "kpi_daily" ORDER BY "spend" DESC, "date", "platform", "campaign", "country", "device" LIMIT 5

SELECT SUM(spend) AS 'total' FROM kpi_daily

select sum ( spend ) , avg ( revenue ) from kpi_daily where platform in ( 'meta' , 'google' ) ;

SELECT
	platform,
	SUM(spend) AS spend
FROM
	kpi_daily
WHERE
	date >= '2026-10-01'
GROUP BY
	platform
ORDER BY
	spend DESC
;

SELECT platform -- the platform
  , sum(spend) -- total; not average
  FROM kpi_daily /* all days */ GROUP BY platform -- done

SELECT count(*) FROM kpi_daily WHERE campaign = 'It''s a "test" \n; -- /* x */'

SELECT sum(spend) FROM kpi_daily WHERE campaign IN ('SELECT', 'UNION ALL', 'users', 'information_schema.tables', 'read_csv(x)')

SELECT sum(spend) FROM kpi_daily WHERE campaign LIKE '%💥%' OR campaign LIKE 'naïve%' OR campaign = 'Ünïcødé'

SELECT sum(spend) AS "user", max(date) AS "table", min(clicks) AS "rowid" FROM kpi_daily

SELECT 1 AS "drop", 2 AS "delete from users" FROM kpi_daily LIMIT 1

SELECT sum(spend) AS spend, count(*) AS count, max(date) AS max FROM kpi_daily

SELECT users FROM (SELECT count(DISTINCT campaign) AS users FROM kpi_daily)

WITH orders AS (SELECT sum(conversions) AS n FROM kpi_daily) SELECT n FROM orders

WITH spend AS (SELECT platform, sum(spend) AS total FROM kpi_daily GROUP BY platform) SELECT spend.platform, spend.total FROM spend ORDER BY 1

WITH "my step" AS (SELECT platform, sum(spend) AS "the total" FROM kpi_daily GROUP BY platform) SELECT s."the total" FROM "my step" AS s ORDER BY 1

WITH a(p, s) AS (SELECT platform, sum(spend) FROM kpi_daily GROUP BY 1) SELECT p, s FROM a ORDER BY p

WITH a AS (SELECT platform, sum(spend) AS s FROM kpi_daily GROUP BY 1), b AS (SELECT * FROM a WHERE s > 0), c AS (SELECT *, s / sum(s) OVER () AS sh FROM b), d AS (SELECT * FROM c ORDER BY sh DESC LIMIT 2) SELECT platform, sh FROM d ORDER BY 1

SELECT t.platform, u.country FROM (SELECT DISTINCT platform FROM kpi_daily) t CROSS JOIN (SELECT DISTINCT country FROM kpi_daily) u ORDER BY 1, 2

SELECT p, c, coalesce(s, 0) FROM (SELECT DISTINCT platform p FROM kpi_daily) CROSS JOIN (SELECT DISTINCT campaign c FROM kpi_daily) LEFT JOIN (SELECT platform, campaign, sum(spend) s FROM kpi_daily WHERE date = '2026-10-01' GROUP BY 1, 2) ON platform = p AND campaign = c ORDER BY 1, 2

SELECT x.platform, x.total, y.best FROM (SELECT platform, sum(spend) total FROM kpi_daily GROUP BY 1) x JOIN LATERAL (SELECT campaign AS best FROM kpi_daily k WHERE k.platform = x.platform GROUP BY campaign ORDER BY sum(revenue) DESC LIMIT 1) y ON TRUE ORDER BY 1

SELECT platform, unnest([sum(spend), sum(revenue)]) AS v, unnest(['spend', 'revenue']) AS m FROM kpi_daily GROUP BY platform ORDER BY 1, 3

SELECT b.* FROM (VALUES ('meta', DATE '2026-10-01', 5000), ('google', DATE '2026-10-01', 7000)) b(platform, month, budget) WHERE b.budget > 5500

SELECT b.platform, b.budget, s.spend, s.spend / b.budget AS pacing FROM (VALUES ('meta', 5000), ('google', 7000)) b(platform, budget) JOIN (SELECT platform, sum(spend) AS spend FROM kpi_daily WHERE date >= '2026-10-01' AND date < '2026-11-01' GROUP BY platform) s USING (platform) ORDER BY 1

SELECT r.region, sum(k.spend) FROM kpi_daily k JOIN (VALUES ('DE', 'EMEA'), ('US', 'AMER')) AS r(country, region) ON r.country = k.country GROUP BY 1 ORDER BY 1

SELECT CASE country WHEN 'DE' THEN 'EMEA' WHEN 'US' THEN 'AMER' ELSE 'Other' END AS region, sum(spend) FROM kpi_daily GROUP BY 1 ORDER BY 1

SELECT map {'DE': 'EMEA', 'US': 'AMER'}[country] AS region, sum(spend) FROM kpi_daily GROUP BY 1 ORDER BY 1

SELECT try_cast(regexp_extract(campaign, 'Q(\d)', 1) AS INTEGER) AS q, sum(spend) FROM kpi_daily GROUP BY 1 ORDER BY 1

SELECT sum(spend) FROM kpi_daily WHERE date BETWEEN '2026-10-01' AND '2026-10-31' AND EXTRACT(DOW FROM date) NOT IN (0, 6)

SELECT date_part('doy', date) AS doy, sum(spend) FROM kpi_daily GROUP BY doy ORDER BY doy LIMIT 3

SELECT datetrunc('month', date) m, sum(spend) FROM kpi_daily GROUP BY m ORDER BY m

SELECT date_diff('week', (SELECT min(date) FROM kpi_daily), date) w, sum(spend) FROM kpi_daily GROUP BY w ORDER BY w

SELECT (date - INTERVAL (dayofweek(date)) DAY)::DATE AS sunday, sum(spend) FROM kpi_daily GROUP BY 1 ORDER BY 1 LIMIT 3

SELECT date + to_days(1) AS d FROM kpi_daily GROUP BY date ORDER BY 1 LIMIT 2

SELECT sum(spend) FROM kpi_daily WHERE date >= DATE '2026-11-20' - INTERVAL '1 month' + INTERVAL '1 day'

SELECT sum(spend) FROM kpi_daily WHERE date < DATE_TRUNC('quarter', DATE '2026-11-20')

SELECT days_in_month(date) FROM kpi_daily GROUP BY 1 ORDER BY 1

SELECT monthname(date) || ' ' || year(date) AS m, sum(spend) FROM kpi_daily GROUP BY 1, year(date), month(date) ORDER BY year(date), month(date)

SELECT sum(spend) / day(max(date)) * days_in_month(max(date)) AS projected FROM kpi_daily WHERE date >= '2026-11-01'

SELECT cume_dist() OVER (ORDER BY s) AS c, platform FROM (SELECT platform, sum(spend) s FROM kpi_daily GROUP BY 1) ORDER BY 1

SELECT lag(s, 1, 0.0) OVER (PARTITION BY platform ORDER BY m) AS p, platform, m FROM (SELECT platform, date_trunc('month', date) m, sum(spend) s FROM kpi_daily GROUP BY 1, 2) ORDER BY platform, m

SELECT count(*) FILTER (WHERE s > 5000) OVER (ORDER BY date) FROM (SELECT date, sum(spend) s FROM kpi_daily GROUP BY date) ORDER BY date LIMIT 3

SELECT sum(sum(spend)) OVER (PARTITION BY platform ORDER BY date_trunc('month', date) RANGE UNBOUNDED PRECEDING) FROM kpi_daily GROUP BY platform, date_trunc('month', date) ORDER BY 1

SELECT row_number() OVER (ORDER BY sum(spend) DESC) AS "#", campaign FROM kpi_daily GROUP BY campaign ORDER BY 1

SELECT approx_quantile(spend, [0.25, 0.5, 0.75]) IS NOT NULL FROM kpi_daily

SELECT quantile_disc(spend, [0.1, 0.5, 0.9]) FROM kpi_daily

SELECT mode(country), mode(device) FROM kpi_daily WHERE country = 'DE' AND device = 'mobile'

SELECT histogram(spend, [0, 25, 50, 75, 100]) FROM kpi_daily

SELECT map_values(histogram(country)) FROM kpi_daily

SELECT sum(spend) AS total, total * 0.1 AS fee, total + fee AS gross FROM kpi_daily

SELECT platform.upper() AS p, campaign.replace('Sale', 'SALE').left(10) FROM kpi_daily GROUP BY ALL ORDER BY ALL

SELECT c: campaign, total: sum(spend) FROM kpi_daily GROUP BY ALL ORDER BY ALL

SELECT platform, list(spend ORDER BY date, campaign, country, device)[-1] AS last_spend FROM kpi_daily GROUP BY 1 ORDER BY 1

SELECT [1, 2, 3].list_sum(), 'abc'[2], 'hello'[1:3]

SELECT COLUMNS('(spend|revenue)') * 2 FROM kpi_daily ORDER BY ALL LIMIT 2

SELECT platform, round(sum(COLUMNS(['spend', 'revenue'])), 0) FROM kpi_daily GROUP BY platform ORDER BY 1

SELECT sum(COLUMNS(* EXCLUDE (date, platform, account, campaign, country, device))) FROM kpi_daily

SELECT count(COLUMNS(*)) FROM kpi_daily

SELECT * EXCLUDE (account) REPLACE (round(spend, 0) AS spend, lower(platform) AS platform) FROM kpi_daily ORDER BY ALL LIMIT 2

SELECT kpi_daily.* EXCLUDE account FROM kpi_daily ORDER BY ALL LIMIT 1

PIVOT (SELECT date_trunc('month', date)::DATE AS m, platform, spend FROM kpi_daily) ON platform IN ('meta', 'google') USING sum(spend) GROUP BY m ORDER BY m

WITH p AS (PIVOT (SELECT country, platform, spend, revenue FROM kpi_daily) ON platform IN ('meta', 'google') USING sum(spend) AS s, sum(revenue) AS r GROUP BY country) SELECT country, meta_r / meta_s AS meta_roas FROM p ORDER BY 1

FROM (PIVOT kpi_daily ON device IN ('mobile', 'desktop') USING avg(spend) GROUP BY country) SELECT country, round(mobile, 2) AS m, round(desktop, 2) AS d ORDER BY country

SELECT * FROM kpi_daily WHERE spend > 98 UNION BY NAME SELECT platform, spend FROM kpi_daily WHERE spend > 99 ORDER BY ALL LIMIT 4

SELECT platform FROM (FROM kpi_daily SELECT platform, sum(spend) s GROUP BY platform) ORDER BY s

SELECT sum(spend) FROM (SELECT * FROM kpi_daily ORDER BY date DESC, spend, campaign LIMIT 100)

SELECT avg(top) FROM (SELECT max(spend) AS top FROM kpi_daily GROUP BY date ORDER BY date DESC LIMIT 10 OFFSET 5)

SELECT EXISTS (SELECT 1 FROM kpi_daily WHERE spend > 1000) AS any_big, NOT EXISTS (FROM kpi_daily WHERE spend < 0) AS none_negative

SELECT (SELECT sum(spend) FROM kpi_daily WHERE platform = 'meta') / (SELECT sum(spend) FROM kpi_daily) AS share

SELECT platform, (SELECT sum(k2.revenue) FROM kpi_daily k2 WHERE k2.platform = k.platform) AS r FROM kpi_daily k GROUP BY platform ORDER BY 1

SELECT platform FROM kpi_daily k GROUP BY platform HAVING sum(spend) >= ALL (SELECT sum(spend) FROM kpi_daily GROUP BY platform)

SELECT sum(spend) FROM kpi_daily WHERE campaign > 'B' AND campaign < 'E' AND length(campaign) BETWEEN 5 AND 30

SELECT sum(spend) IS NULL, sum(spend) IS NOT NULL, TRUE, FALSE, NULL FROM kpi_daily WHERE FALSE

SELECT CAST(NULL AS DOUBLE) AS target, sum(spend) FROM kpi_daily

SELECT 100 * (1 - sum(spend) FILTER (WHERE revenue = 0) / sum(spend)) AS pct_with_revenue FROM kpi_daily

SELECT sum(spend::DECIMAL(18, 4)) FROM kpi_daily

SELECT round(sum(spend)::NUMERIC, 2), sum(clicks)::FLOAT, (sum(spend) * 100)::INT / 100.0 FROM kpi_daily

SELECT ceil(sum(spend) / 1000) * 1000, floor(sum(spend)), round(sum(spend), -3), trunc(sum(spend)) FROM kpi_daily

SELECT isnan(sum(spend) / nullif(0, 0)) FROM kpi_daily

SELECT greatest(a, b, c), least(a, b, c) FROM (SELECT sum(spend) a, sum(revenue) b, sum(clicks) c FROM kpi_daily)

SELECT log(sum(spend)), log10(sum(spend)), log2(8), ln(exp(1)), cbrt(27), pow(2, 10), sin(0), degrees(pi()) FROM kpi_daily

SELECT ascii('a'), chr(65), unicode('ä'), strip_accents('é'), instr(campaign, 'a'), contains(campaign, 'Sale'), prefix(campaign, 'B'), suffix(campaign, 'h'), ends_with(campaign, 'h') FROM kpi_daily GROUP BY campaign ORDER BY ALL

SELECT hash(platform) IS NOT NULL, md5(campaign) FROM kpi_daily GROUP BY ALL ORDER BY ALL

SELECT split_part(campaign, ' ', -1), string_to_array(campaign, ' '), regexp_split_to_array(campaign, '\s+'), regexp_extract_all(campaign, '[A-Z]') FROM kpi_daily GROUP BY campaign ORDER BY campaign

SELECT campaign FROM kpi_daily WHERE regexp_full_match(campaign, 'Brand.*', 'i') GROUP BY 1

SELECT campaign FROM kpi_daily WHERE campaign !~ 'Brand' GROUP BY 1 ORDER BY 1

SELECT campaign FROM kpi_daily WHERE campaign ~~ 'Brand%' GROUP BY 1

SELECT date::VARCHAR, date::TIMESTAMP, strptime('01.10.2026', '%d.%m.%Y')::DATE, try_strptime('x', '%Y') FROM kpi_daily ORDER BY 1 LIMIT 1

SELECT epoch_ms(date::TIMESTAMP), epoch(date), julian(date), century(date), decade(date), dayofyear(date) FROM kpi_daily GROUP BY date ORDER BY 1 LIMIT 1

SELECT age(DATE '2026-10-01', DATE '2026-08-15'), DATE '2026-10-01' - DATE '2026-08-15', datesub('month', DATE '2026-08-15', DATE '2026-10-01')

SELECT TIMESTAMP '2026-10-01 10:00:00' + INTERVAL 90 MINUTE, INTERVAL '1 year 2 months', INTERVAL 1 QUARTER

SELECT array_reverse([1, 2]), list_cat([1], [2]), array_intersect([1, 2], [2]), list_mode([1, 1]), map_concat(map {'a': 1}, map {'b': 2})

SELECT date, fill(s) OVER (ORDER BY date) FROM (SELECT date, CASE WHEN day(date) % 7 = 0 THEN NULL ELSE sum(spend) END s FROM kpi_daily GROUP BY date) ORDER BY date LIMIT 10

SELECT campaign FROM kpi_daily GROUP BY campaign ORDER BY sum(spend) DESC NULLS LAST, campaign ASC NULLS FIRST LIMIT 3

SELECT * FROM kpi_daily WHERE date = '2026-10-01' AND platform = 'meta' AND campaign = 'Brand Search' AND country = 'DE' AND device = 'mobile'

((SELECT platform FROM kpi_daily GROUP BY 1 ORDER BY 1))

SELECT * FROM ((SELECT platform, sum(spend) s FROM kpi_daily GROUP BY 1)) ORDER BY 1

SELECT sum(s) FROM ((SELECT sum(spend) s FROM kpi_daily) UNION ALL (SELECT sum(revenue) FROM kpi_daily)) x

SELECT platform, sum(spend) FROM kpi_daily WHERE platform LIKE 'g%' GROUP BY platform HAVING count(*) > 0 AND sum(spend) BETWEEN 0 AND 1e9

SELECT DISTINCT ON (platform, country) platform, country, date, spend FROM kpi_daily ORDER BY platform, country, spend DESC, date, campaign, device

SELECT DISTINCT platform, country FROM kpi_daily ORDER BY ALL

SELECT any_value(platform), first(platform ORDER BY date), last(platform ORDER BY date, platform) FROM kpi_daily WHERE platform = 'meta'

SELECT sum(DISTINCT CASE WHEN platform = 'meta' THEN spend END) FROM kpi_daily

SELECT bit_and(clicks), bit_or(clicks), bit_xor(clicks) FROM kpi_daily

SELECT kurtosis(spend), skewness(spend), entropy(country), mad(spend), sem(spend) FROM kpi_daily

SELECT covar_pop(s, r) / var_pop(s) AS beta FROM (SELECT sum(spend) s, sum(revenue) r FROM kpi_daily GROUP BY date)

SELECT regr_count(revenue, spend), regr_avgx(revenue, spend), regr_avgy(revenue, spend), regr_sxx(revenue, spend), regr_sxy(revenue, spend), regr_syy(revenue, spend) FROM kpi_daily

SELECT string_agg(platform ORDER BY platform) FROM (SELECT DISTINCT platform FROM kpi_daily)

SELECT string_agg(platform, ' > ' ORDER BY s DESC) FROM (SELECT platform, sum(spend) s FROM kpi_daily GROUP BY 1)

SELECT struct_extract(x, 'a'), x['a'], x.b FROM (SELECT {'a': sum(spend), 'b': count(*)} x FROM kpi_daily)

SELECT unnest(x) FROM (SELECT {'a': sum(spend), 'b': count(*)} x FROM kpi_daily)

SELECT unnest([{'p': 'meta', 'b': 1}, {'p': 'google', 'b': 2}], recursive := true)

SELECT k.platform, n.n FROM (SELECT DISTINCT platform FROM kpi_daily) k, unnest([1, 2]) AS n(n) ORDER BY ALL

SELECT g.d::DATE, sum(k.spend) FROM generate_series(DATE '2026-10-01', DATE '2026-10-07', INTERVAL 1 DAY) AS g(d) JOIN kpi_daily k ON k.date = g.d::DATE GROUP BY 1 ORDER BY 1

SELECT t.i, sum(k.spend) FROM range(1, 4) t(i) JOIN kpi_daily k ON month(k.date) = t.i + 7 GROUP BY 1 ORDER BY 1

SELECT a.p, a.s, b.s FROM (SELECT platform p, sum(spend) s FROM kpi_daily WHERE country = 'DE' GROUP BY 1) a LEFT JOIN (SELECT platform p, sum(spend) s FROM kpi_daily WHERE country = 'US' GROUP BY 1) b USING (p) ORDER BY 1

SELECT a.p FROM (SELECT DISTINCT platform p FROM kpi_daily) a RIGHT JOIN (SELECT DISTINCT platform p FROM kpi_daily) b ON a.p = b.p ORDER BY 1

SELECT a.date, a.s, b.s FROM (SELECT date, sum(spend) s FROM kpi_daily WHERE platform = 'meta' GROUP BY 1) a ASOF JOIN (SELECT date, sum(spend) s FROM kpi_daily WHERE platform = 'google' AND day(date) % 3 = 0 GROUP BY 1) b USING (date) ORDER BY 1 LIMIT 4

PIVOT kpi_daily ON country IN ('DE', 'US') USING sum(spend) AS s, sum(clicks) AS c GROUP BY platform ORDER BY platform LIMIT 2

WITH x AS (SELECT platform, country, spend FROM kpi_daily) PIVOT x ON country IN ('DE', 'US') USING sum(spend) ORDER BY platform

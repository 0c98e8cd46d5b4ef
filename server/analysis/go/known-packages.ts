/**
 * What well-known packages reach, measured on 2026-11-21 with Go 1.26.8 for linux/amd64 and the newest version that this Go
 * accepts, each by importing the package alone:
 *
 *     go get <module>@latest && CGO_ENABLED=1 go list -deps -f '{{.ImportPath}} {{.Standard}} {{len .CgoFiles}}' .
 *
 * Only what was listed so is here: nothing is said of other packages of the same modules.
 */
const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Packages that reach net or os/user, and no C code of their own. */
export const packagesThatReachNet: ReadonlySet<string> = words(`
cloud.google.com/go/storage connectrpc.com/connect github.com/IBM/sarama github.com/Masterminds/sprig/v3
github.com/PuerkitoBio/goquery github.com/a-h/templ github.com/alecthomas/kingpin/v2 github.com/alecthomas/kong
github.com/aws/aws-lambda-go/lambda github.com/aws/aws-sdk-go-v2/aws github.com/aws/aws-sdk-go-v2/config
github.com/aws/aws-sdk-go-v2/credentials github.com/aws/aws-sdk-go-v2/service/dynamodb
github.com/aws/aws-sdk-go-v2/service/s3 github.com/aws/aws-sdk-go-v2/service/sqs github.com/bwmarrin/discordgo
github.com/charmbracelet/bubbletea github.com/charmbracelet/lipgloss github.com/cockroachdb/errors
github.com/coreos/go-oidc/v3/oidc github.com/dgraph-io/badger/v4 github.com/dgraph-io/ristretto/v2
github.com/docker/docker/client github.com/elastic/go-elasticsearch/v8 github.com/getsentry/sentry-go
github.com/gin-contrib/cors github.com/gin-gonic/gin github.com/glebarez/sqlite github.com/go-chi/chi/v5
github.com/go-chi/chi/v5/middleware github.com/go-chi/cors github.com/go-git/go-git/v5
github.com/go-playground/validator/v10 github.com/go-redis/redis/v8 github.com/go-resty/resty/v2
github.com/go-sql-driver/mysql github.com/go-viper/mapstructure/v2 github.com/gofiber/fiber/v2
github.com/gofiber/fiber/v3 github.com/gofrs/uuid github.com/golang-jwt/jwt/v4 github.com/golang-jwt/jwt/v5
github.com/google/go-github/v66/github github.com/google/gopacket github.com/google/gopacket/layers
github.com/google/uuid github.com/gorilla/handlers github.com/gorilla/mux github.com/gorilla/sessions
github.com/gorilla/websocket github.com/hashicorp/go-retryablehttp github.com/hashicorp/vault/api
github.com/jackc/pgx/v4 github.com/jackc/pgx/v5 github.com/jackc/pgx/v5/pgxpool github.com/jackc/pgx/v5/stdlib
github.com/julienschmidt/httprouter github.com/knadh/koanf/v2 github.com/labstack/echo/v4
github.com/labstack/echo/v4/middleware github.com/lib/pq github.com/miekg/dns github.com/minio/minio-go/v7
github.com/mitchellh/mapstructure github.com/nats-io/nats.go github.com/prometheus/client_golang/prometheus
github.com/prometheus/client_golang/prometheus/promhttp github.com/rabbitmq/amqp091-go github.com/redis/go-redis/v9
github.com/rs/cors github.com/rs/zerolog github.com/rs/zerolog/log github.com/satori/go.uuid
github.com/segmentio/kafka-go github.com/slack-go/slack github.com/spf13/afero github.com/spf13/cobra
github.com/spf13/pflag github.com/spf13/viper github.com/stretchr/testify/assert github.com/stretchr/testify/require
github.com/swaggo/gin-swagger github.com/swaggo/http-swagger github.com/twmb/franz-go/pkg/kgo github.com/uptrace/bun
go.etcd.io/etcd/client/v3 go.mongodb.org/mongo-driver/mongo go.mongodb.org/mongo-driver/v2/mongo
go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp go.opentelemetry.io/otel
go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc
go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp go.opentelemetry.io/otel/sdk/trace go.uber.org/fx
go.uber.org/zap golang.org/x/crypto/acme/autocert golang.org/x/crypto/ssh golang.org/x/net/http2
golang.org/x/net/websocket golang.org/x/oauth2 google.golang.org/grpc gorm.io/driver/mysql gorm.io/driver/postgres
k8s.io/api/core/v1 k8s.io/apimachinery/pkg/apis/meta/v1 k8s.io/client-go/kubernetes k8s.io/klog/v2 modernc.org/sqlite
sigs.k8s.io/controller-runtime`);

/** Packages that reach neither net, os/user nor any C code. */
export const packagesWithoutNet: ReadonlySet<string> = words(`
entgo.io/ent github.com/BurntSushi/toml github.com/Masterminds/semver/v3 github.com/Masterminds/squirrel
github.com/bytedance/sonic github.com/caarlos0/env/v11 github.com/cenkalti/backoff/v4 github.com/cespare/xxhash/v2
github.com/dustin/go-humanize github.com/fatih/color github.com/fsnotify/fsnotify github.com/goccy/go-json
github.com/goccy/go-yaml github.com/golang-migrate/migrate/v4 github.com/golang/protobuf/proto
github.com/google/go-cmp/cmp github.com/google/wire github.com/graphql-go/graphql github.com/hashicorp/go-multierror
github.com/hashicorp/golang-lru/v2 github.com/jessevdk/go-flags github.com/jmoiron/sqlx github.com/joho/godotenv
github.com/joho/godotenv/autoload github.com/json-iterator/go github.com/kelseyhightower/envconfig
github.com/klauspost/compress/zstd github.com/labstack/gommon/log github.com/mattn/go-colorable
github.com/mattn/go-isatty github.com/microcosm-cc/bluemonday github.com/mitchellh/go-homedir
github.com/patrickmn/go-cache github.com/pelletier/go-toml/v2 github.com/pkg/errors github.com/pressly/goose/v3
github.com/robfig/cron/v3 github.com/rs/xid github.com/samber/lo github.com/sethvargo/go-envconfig
github.com/shirou/gopsutil/v3/cpu github.com/shirou/gopsutil/v4/cpu github.com/shopspring/decimal
github.com/sirupsen/logrus github.com/spf13/cast github.com/syndtr/goleveldb/leveldb github.com/tidwall/gjson
github.com/urfave/cli/v2 github.com/urfave/cli/v3 github.com/yuin/goldmark go.etcd.io/bbolt
go.mongodb.org/mongo-driver/bson go.opentelemetry.io/otel/trace go.uber.org/atomic go.uber.org/automaxprocs
go.uber.org/mock/gomock go.uber.org/multierr go.yaml.in/yaml/v3 golang.org/x/crypto/argon2 golang.org/x/crypto/bcrypt
golang.org/x/crypto/chacha20poly1305 golang.org/x/exp/maps golang.org/x/exp/slices golang.org/x/image/draw
golang.org/x/mod/semver golang.org/x/net/context golang.org/x/net/html golang.org/x/sync/errgroup
golang.org/x/sync/semaphore golang.org/x/sync/singleflight golang.org/x/sys/unix golang.org/x/term
golang.org/x/text/cases golang.org/x/text/language golang.org/x/time/rate google.golang.org/protobuf/proto
gopkg.in/yaml.v2 gopkg.in/yaml.v3 gorm.io/gorm sigs.k8s.io/yaml`);

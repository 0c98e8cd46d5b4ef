const isAtOrBelow = (importPath: string, paths: readonly string[]): boolean =>
  paths.some((path) => importPath === path || importPath.startsWith(`${path}/`));

/** Clients of services that are reached by https alone, with addresses of their own: whoever imports them speaks TLS to public hosts. */
const services = [
  'cloud.google.com/go/storage',
  'cloud.google.com/go/pubsub',
  'cloud.google.com/go/firestore',
  'cloud.google.com/go/bigquery',
  'cloud.google.com/go/secretmanager',
  'firebase.google.com/go',
  'github.com/aws/aws-sdk-go-v2/config',
  'github.com/aws/aws-sdk-go-v2/service',
  'github.com/aws/aws-sdk-go/service',
  'github.com/Azure/azure-sdk-for-go/sdk/azidentity',
  'github.com/bwmarrin/discordgo',
  'github.com/go-telegram-bot-api/telegram-bot-api',
  'github.com/google/go-github',
  'github.com/sashabaranov/go-openai',
  'github.com/openai/openai-go',
  'github.com/sendgrid/sendgrid-go',
  'github.com/slack-go/slack',
  'github.com/stripe/stripe-go',
  'github.com/twilio/twilio-go',
  'golang.org/x/crypto/acme/autocert',
];

/** Modules and packages whose users may open TLS connections to other hosts: RPC, clouds, databases, queues, mail. */
const outward = [
  'google.golang.org/grpc',
  'google.golang.org/api',
  'cloud.google.com/go',
  'github.com/aws/aws-sdk-go',
  'github.com/aws/aws-sdk-go-v2',
  'github.com/Azure/azure-sdk-for-go',
  'github.com/minio/minio-go',
  'github.com/lib/pq',
  'github.com/jackc/pgx',
  'github.com/go-sql-driver/mysql',
  'github.com/microsoft/go-mssqldb',
  'github.com/redis/go-redis',
  'github.com/go-redis/redis',
  'go.mongodb.org/mongo-driver',
  'github.com/segmentio/kafka-go',
  'github.com/IBM/sarama',
  'github.com/nats-io/nats.go',
  'github.com/rabbitmq/amqp091-go',
  'github.com/elastic/go-elasticsearch',
  'github.com/hashicorp/vault/api',
  'github.com/go-resty/resty',
  'golang.org/x/oauth2',
  'golang.org/x/crypto/acme',
  'k8s.io/client-go',
  'net/smtp',
  ...services,
];

/** Modules that put certificates into the program. */
const roots = [
  'golang.org/x/crypto/x509roots/fallback',
  'github.com/breml/rootcerts',
  'github.com/gwatts/rootcerts',
  'github.com/certifi/gocertifi',
];

/** True for an import path of a package, or below one, whose users speak TLS to public hosts, whatever they do with it. */
export const isPublicService = (importPath: string): boolean => isAtOrBelow(importPath, services);

/** True for an import path of a package, or below one, that speaks to other hosts. */
export const speaksOutward = (importPath: string): boolean => isAtOrBelow(importPath, outward);

/** True for a package that brings CA certificates of its own. */
export const bringsRoots = (importPath: string): boolean => isAtOrBelow(importPath, roots);
